package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.endpoint.FaultText.SpineCode;
import uk.cpis.gateway.security.RefusalCause;
import uk.cpis.gateway.security.RefusalKind;

class FaultsTest {

  private static final UUID REFERENCE = new UUID(1, 2);

  @Test
  void tellsEachRejectionApartByItsCode() {
    List<String> codes =
        Arrays.stream(RejectionReason.values()).map(Faults::of).map(FaultText::code).toList();

    assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.matches("CPG-6[0-9]{2}"));
  }

  @Test
  void letsASenderTryAgainOnlyWhenTheGatewayCouldNot() {
    Set<RejectionReason> retryable = EnumSet.noneOf(RejectionReason.class);
    for (RejectionReason reason : RejectionReason.values()) {
      FaultText told = Faults.of(reason);
      if (told.spine().filter(spine -> spine != SpineCode.MALFORMED).isPresent()) {
        retryable.add(reason);
        assertThat(told.faultCode().getLocalPart()).isEqualTo("Server");
      } else {
        assertThat(told.faultCode().getLocalPart()).isEqualTo("Client");
      }
    }

    assertThat(retryable)
        .containsExactlyInAnyOrder(
            RejectionReason.BUSY, RejectionReason.STORE_UNAVAILABLE, RejectionReason.STORE_FULL);
  }

  @Test
  void tellsNothingMoreOfASecurityRefusalThanThatItIsOne() {
    List<FaultText> security =
        Arrays.stream(RefusalCause.values())
            .filter(cause -> cause.kind() == RefusalKind.SECURITY)
            .map(Faults::of)
            .distinct()
            .toList();

    assertThat(security).hasSize(1);
  }

  @Test
  void writesEachAsAnErrorListOfTheContract() throws Exception {
    for (FaultText told : all()) {
      String xml = xml(ErrorLists.of(told, REFERENCE));

      SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
          .newSchema(FaultsTest.class.getResource("/xsd/types.xsd"))
          .newValidator()
          .validate(new StreamSource(new StringReader(xml)));
      assertThat(xml).contains(REFERENCE.toString(), told.code(), told.location());
    }
  }

  private static List<FaultText> all() {
    List<FaultText> all =
        new ArrayList<>(
            List.of(Faults.NOT_THE_CONTRACT, Faults.UNEXPECTED, Faults.NO_SUCH_DOCUMENT));
    Stream.of(RejectionReason.values()).map(Faults::of).forEach(all::add);
    Stream.of(RefusalCause.values()).map(Faults::of).forEach(all::add);
    return all;
  }

  private static String xml(Element element) throws Exception {
    StringWriter xml = new StringWriter();
    TransformerFactory.newInstance()
        .newTransformer()
        .transform(new DOMSource(element), new StreamResult(xml));
    return xml.toString();
  }
}
