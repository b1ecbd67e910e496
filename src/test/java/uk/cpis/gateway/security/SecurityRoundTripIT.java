package uk.cpis.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.xml.bind.JAXB;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import javax.xml.namespace.QName;
import javax.xml.transform.dom.DOMSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.query.QueryFault;
import uk.cpis.gateway.contract.types.ErrorListType;
import uk.cpis.gateway.contract.types.ErrorType;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.pki.CertificateFault;
import uk.cpis.gateway.pki.CertificateFingerprints;
import uk.cpis.gateway.pki.CertificateVerdict;
import uk.cpis.gateway.security.Verification.Verified;

class SecurityRoundTripIT {
  private static final String NUMBER = "9990000018";
  private static final Operation QUERY =
      new Operation(
          new QName("urn:nhs-cpis:gateway:query:v1", "planQueryRequest"),
          "urn:nhs:names:services:cpisquery/planQuery",
          new QName("urn:nhs-cpis:gateway:query:v1", "planQueryResponse"),
          "urn:nhs:names:services:cpisquery/planQueryResponse");

  private final HttpClient http = HttpClient.newHttpClient();
  private ProtectedQuery query;

  @BeforeEach
  void open() {
    query = ProtectedQuery.open();
    query.service =
        request -> {
          assertThat(request.getNhsNumber()).isEqualTo(NUMBER);
          return JAXB.unmarshal(
              new DOMSource(ProtectedQuery.sample("planQueryResponse")), PlanQueryResponse.class);
        };
  }

  @AfterEach
  void close() {
    query.close();
  }

  @ParameterizedTest
  @EnumSource
  void answersASignedQueryWithASignedReply(AddressingVersion version) throws Exception {
    HttpResponse<byte[]> reply =
        post(signed(ProtectedQuery.sample("planQueryRequest"), version), "");

    assertThat(reply.statusCode()).isEqualTo(200);
    Verified verified = verified(reply, signer -> true);
    assertThat(verified.version()).isEqualTo(version);
    assertThat(verified.fault()).isFalse();
    assertThat(query.refused).isEmpty();
    assertThat(query.senders).hasSize(1);
    assertThat(query.senders.get(0).signing())
        .isEqualTo(CertificateFingerprints.of(Messages.rsa().certificate()));
  }

  @Test
  void signsWithTheKindOfKeyTheSystemIsRegisteredFor() throws Exception {
    query.registeredFor = SignatureKind.EC;
    var ec = CertificateFingerprints.of(ProtectedQuery.gateway("signing-ec").certificate());

    HttpResponse<byte[]> reply = post(signedQuery(), "");

    assertThat(verified(reply, ec::equals).fault()).isFalse();
    assertThat(verification(reply, signer -> false))
        .extracting("refusal.cause")
        .isEqualTo(RefusalCause.ANOTHER_SIGNER);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatPassedWithUnknownRevocationIsMarkedSoThoughAMomentLaterItWouldNotPass(boolean signer)
      throws Exception {
    SignerTrust once = unknownOnce();
    if (signer) {
      query.signers = once;
    } else {
      query.callers = once;
    }

    assertThat(post(signedQuery(), "").statusCode()).isEqualTo(200);

    assertThat(query.senders).singleElement().matches(Sender::revocationUnknown);
  }

  private static SignerTrust unknownOnce() {
    AtomicBoolean judged = new AtomicBoolean();
    return (certificate, at) ->
        judged.getAndSet(true)
            ? new CertificateVerdict.Refused(
                CertificateFault.CRL_MISSING, certificate, "a list", "none")
            : new CertificateVerdict.Trusted(List.of(certificate), certificate, false);
  }

  @Test
  void signsTheFaultsOfTheContractWithRelatesTo() throws Exception {
    query.fault = Optional.of(new QueryFault("refused", errors()));

    HttpResponse<byte[]> reply = post(signedQuery(), "");

    assertThat(reply.statusCode()).isEqualTo(500);
    Verified verified = verifiedFault(reply);
    assertThat(verified.action()).isEqualTo("urn:nhs:names:services:cpisquery/fault");
    assertThat(Messages.text(reply.body())).contains("RelatesTo").contains(">300<");
  }

  @Test
  void signsTheFaultOfAnUnsignedRequestAndTellsTheOperatorOnly() throws Exception {
    String unsigned = signedQuery().replaceAll("(?s)<ds:Signature.*</ds:Signature>", "");

    HttpResponse<byte[]> raw = post(unsigned, "");

    String text = Messages.text(raw.body());
    verifiedFault(raw);
    assertThat(raw.statusCode()).isEqualTo(500);
    assertThat(text).doesNotContain("RelatesTo").doesNotContain(NUMBER);
    assertThat(text).contains(RefusalCause.UNSIGNED.callerText());
    assertThat(query.refused).hasSize(1);
    RefusedMessage refused = query.refused.get(0);
    assertThat(refused.refusal().cause()).isEqualTo(RefusalCause.UNSIGNED);
    assertThat(text).contains(refused.lookupId().toString());
    assertThat(query.senders).isEmpty();
  }

  @Test
  void signsTheFaultOfWhatIsNotXml() throws Exception {
    HttpResponse<byte[]> raw = post("GET OUT", "");

    verifiedFault(raw);
    assertThat(raw.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/xml")
        .containsIgnoringCase("charset=utf-8");
    assertThat(query.refused.get(0).refusal().cause()).isEqualTo(RefusalCause.NOT_WELL_FORMED);
  }

  @Test
  void signsTheFaultOfABodyThatTheSchemaRefuses() throws Exception {
    Document request = ProtectedQuery.sample("planQueryRequest");
    request
        .getElementsByTagNameNS("urn:nhs-cpis:gateway:query:v1", "nhsNumber")
        .item(0)
        .setTextContent("99900000181");

    HttpResponse<byte[]> raw = post(signed(request, AddressingVersion.V2005_08), "");

    verifiedFault(raw);
    assertThat(Messages.text(raw.body())).contains("RelatesTo");
    assertThat(query.senders).isEmpty();
  }

  @Test
  void refusesAHeaderThatDemandsToBeUnderstood() throws Exception {
    String demanding =
        signedQuery()
            .replace(
                "</soap:Header>",
                "<x:a xmlns:x=\"urn:x\" soap:mustUnderstand=\"1\"/></soap:Header>");

    HttpResponse<byte[]> raw = post(demanding, "");

    verifiedFault(raw);
    assertThat(Messages.text(raw.body())).contains("MustUnderstand");
  }

  @Test
  void answersAHeaderThatDemandsNothing() throws Exception {
    String other =
        signedQuery().replace("</soap:Header>", "<x:a xmlns:x=\"urn:x\"/></soap:Header>");

    assertThat(post(other, "").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesASoapActionOfAnotherOperation() throws Exception {
    assertThat(post(signedQuery(), "\"urn:other\"").statusCode()).isEqualTo(500);
    assertThat(query.refused.get(0).refusal().cause()).isEqualTo(RefusalCause.SOAP_ACTION);
    assertThat(post(signedQuery(), QUERY.action()).statusCode()).isEqualTo(200);
    assertThat(post(signedQuery(), "\"" + QUERY.action() + "\"").statusCode()).isEqualTo(200);
    assertThat(post(signedQuery(), "\"\"").statusCode()).isEqualTo(200);
  }

  @Test
  void givesTheContractToAnyoneAndNothingElseToAGet() throws Exception {
    HttpResponse<String> wsdl = get("?wsdl");
    assertThat(wsdl.statusCode()).isEqualTo(200);
    assertThat(wsdl.body()).contains("planQuery");
    assertThat(get("/planQuery?nhsNumber=1").statusCode()).isEqualTo(405);
    assertThat(get("").statusCode()).isEqualTo(405);
    assertThat(query.senders).isEmpty();
  }

  private HttpResponse<String> get(String rest) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(query.address() + rest)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<byte[]> post(String message, String soapAction) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(query.address()))
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("SOAPAction", soapAction)
            .POST(HttpRequest.BodyPublishers.ofString(message, StandardCharsets.UTF_8))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static Verified verifiedFault(HttpResponse<byte[]> reply) {
    Verified verified = verified(reply, signer -> true);
    assertThat(verified.fault()).isTrue();
    return verified;
  }

  private static Verified verified(
      HttpResponse<byte[]> reply, Predicate<CertificateFingerprint> partner) {
    Verification verification = verification(reply, partner);
    assertThat(verification).isInstanceOf(Verified.class);
    return (Verified) verification;
  }

  private static Verification verification(
      HttpResponse<byte[]> reply, Predicate<CertificateFingerprint> partner) {
    return Messages.verifier(Messages.NOW)
        .verify(
            reply.body(),
            Optional.of("utf-8"),
            new Expectations.Reply(QUERY, Messages.ID, partner));
  }

  private static String signedQuery() {
    return signed(ProtectedQuery.sample("planQueryRequest"), AddressingVersion.V2005_08);
  }

  private static String signed(Document payload, AddressingVersion version) {
    Document envelope =
        Messages.parse(
            "<soap:Envelope xmlns:soap='http://schemas.xmlsoap.org/soap/envelope/'>"
                + "<soap:Body/></soap:Envelope>");
    Elements.children(envelope.getDocumentElement())
        .get(0)
        .appendChild(envelope.importNode(payload.getDocumentElement(), true));
    return Messages.text(
        new MessageSigner(Messages.CLOCK, Messages.LIFE)
            .sign(
                envelope,
                MessageHeaders.request(version, QUERY.action(), Messages.ID, Messages.ADDRESS),
                Messages.rsa()));
  }

  private static ErrorListType errors() {
    ErrorType error = new ErrorType();
    error.setCodeContext("urn:x");
    error.setCode("300");
    error.setDescription("refused");
    ErrorListType errors = new ErrorListType();
    errors.getError().add(error);
    return errors;
  }
}
