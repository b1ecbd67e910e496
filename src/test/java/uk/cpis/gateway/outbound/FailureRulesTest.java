package uk.cpis.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import uk.cpis.gateway.contract.types.ErrorListType;
import uk.cpis.gateway.contract.types.ErrorType;
import uk.cpis.gateway.contract.types.ObjectFactory;
import uk.cpis.gateway.domain.DeliveryOutcome;
import uk.cpis.gateway.domain.DeliveryOutcome.Deferred;
import uk.cpis.gateway.domain.DeliveryOutcome.Undeliverable;
import uk.cpis.gateway.domain.DeliveryOutcome.Unreachable;
import uk.cpis.gateway.security.AddressingVersion;

class FailureRulesTest {
  private static final String NAME = "Łucja Ó Briain";

  @ParameterizedTest
  @MethodSource("failuresOfTheSystem")
  void holdsTheWholeLaneWhenTheSystemIsOutOfReach(IOException failure, String cause) {
    assertThat(FailureRules.of(failure)).isEqualTo(new Unreachable(cause));
  }

  static Stream<Arguments> failuresOfTheSystem() {
    IOException unknownHost = new ConnectException(NAME);
    unknownHost.initCause(new UnresolvedAddressException());
    return Stream.of(
        Arguments.of(new HttpConnectTimeoutException(NAME), "no connection in time"),
        Arguments.of(new HttpTimeoutException(NAME), "no answer in time"),
        Arguments.of(new ConnectException(NAME), "the connection is refused"),
        Arguments.of(unknownHost, "the host name is not known"),
        Arguments.of(
            new SSLHandshakeException(NAME),
            "TLS failed: the certificate of one side is not accepted by the other"),
        Arguments.of(new EOFException(NAME), "the connection broke before an answer"));
  }

  @Test
  void defersWhatIsAnsweredAtTooGreatLength() {
    assertThat(FailureRules.of(new AnswerTooLongException())).isInstanceOf(Deferred.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 404, 500, 502, 503})
  void takesAStatusWithoutSoapForTheSystems(int status) {
    assertThat(FailureRules.ofStatus(status)).isInstanceOf(Unreachable.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413})
  void takesARefusedSizeOrFormForThisNotifications(int status) {
    assertThat(FailureRules.ofStatus(status)).isInstanceOf(Deferred.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"200", "206", "208", "999"})
  void triesAgainAfterAFaultThatAllowsItOrSaysNothingAboutIt(String code) {
    assertThat(FailureRules.ofFault(fault(code, true))).isInstanceOf(Deferred.class);
  }

  @Test
  void givesUpOnlyWhenAFaultForbidsAnotherTryAndIsAboutThisMessage() {
    DeliveryOutcome related = FailureRules.ofFault(fault("201", true));
    DeliveryOutcome unrelated = FailureRules.ofFault(fault("201", false));

    assertThat(related).isEqualTo(new Undeliverable("fault 201"));
    assertThat(unrelated).isEqualTo(new Deferred("fault 201"));
  }

  @Test
  void doesNotRepeatACodeThatIsNotKnownHere() {
    assertThat(FailureRules.ofFault(fault(NAME, true)))
        .isEqualTo(new Deferred("a fault without a code known here"));
  }

  private static Document fault(String code, boolean related) {
    ErrorType error = new ErrorType();
    error.setCode(code);
    ErrorListType errors = new ErrorListType();
    errors.getError().add(error);
    Document envelope =
        ContractXml.of("notification").envelope(new ObjectFactory().createErrorList(errors));
    if (related) {
      envelope
          .getDocumentElement()
          .insertBefore(
              envelope.createElementNS(AddressingVersion.V2005_08.namespace(), "wsa:RelatesTo"),
              envelope.getDocumentElement().getFirstChild());
    }
    return envelope;
  }
}
