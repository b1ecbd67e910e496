package uk.cpis.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.cpis.gateway.pki.DevelopmentCertificate;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.security.Verification.Refused;
import uk.cpis.gateway.security.Verification.Verified;
import uk.cpis.gateway.testing.TestCertificates;

/** What must be refused, each made from a message that is accepted, each with its cause. */
class HostileMessageTest {
  private static final String SIGNED = HandSigner.usual().sign(HandMade.unsigned());
  private static final String FORGED = HandMade.PAYLOAD.replace("0018", "0026");

  @BeforeAll
  static void theUnmodifiedMessagePasses() {
    assertThat(Messages.verify(SIGNED)).isInstanceOf(Verified.class);
  }

  @Test
  void refusesAnUnsignedMessage() {
    refuses(HandMade.unsigned(), RefusalCause.UNSIGNED);
  }

  @Test
  void refusesAChangedBody() {
    Refused refused = refuses(SIGNED.replace("0018", "0026"), RefusalCause.PART_ALTERED);
    assertThat(refused.refusal().found()).contains("reference 1", "Body");
  }

  @Test
  void refusesEveryOtherChangedPart() {
    String later = HandMade.timestamp(Messages.NOW, Messages.NOW.plus(Duration.ofMinutes(9)));
    String created = HandMade.timestamp();
    String times =
        created.substring(created.indexOf("<wsu:Created>"), created.indexOf("</wsu:Timestamp>"));
    String newTimes =
        later.substring(later.indexOf("<wsu:Created>"), later.indexOf("</wsu:Timestamp>"));
    refuses(SIGNED.replace(times, newTimes), RefusalCause.PART_ALTERED);
    refuses(
        SIGNED.replace(Messages.ID.urn(), Messages.ID.urn().replace("abcd", "abce")),
        RefusalCause.PART_ALTERED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Body", "Timestamp", "Action", "MessageID", "To"})
  void refusesAMessageOfWhichAPartIsNotSigned(String part) {
    List<String> others = new ArrayList<>(HandSigner.ALL);
    others.remove(part);

    Refused refused =
        refuses(
            HandSigner.usual().references(others).sign(HandMade.unsigned()),
            RefusalCause.NOT_COVERED);

    assertThat(refused.refusal().found()).isEqualTo(part + " not signed");
  }

  @Test
  void namesAllPartsThatAreNotSigned() {
    Refused refused =
        refuses(
            HandSigner.usual().references("Body", "Timestamp").sign(HandMade.unsigned()),
            RefusalCause.NOT_COVERED);

    assertThat(refused.refusal().found()).isEqualTo("Action, MessageID, To not signed");
  }

  @ParameterizedTest
  @CsvSource({
    "/query/, another path",
    "/query?x, another path",
    "nowhere, no address of a server",
    "https://other.example/query, 'another scheme, host or port'"
  })
  void refusesEveryOtherAddressAndSaysHowItDiffers(String other, String found) {
    String to = other.startsWith("/") ? Messages.ADDRESS.replaceFirst("/[a-z]*$", other) : other;

    Refused refused =
        refuses(
            HandSigner.usual().sign(HandMade.unsigned().replace(Messages.ADDRESS, to)),
            RefusalCause.WRONG_ADDRESS);

    assertThat(refused.refusal().found()).isEqualTo(found);
  }

  @Test
  void refusesAMessageOfWhichOnlyThePayloadIsSigned() {
    String message = HandMade.unsigned().replace("<t:ask", "<t:ask wsu:Id='Payload'");
    refuses(
        HandSigner.usual()
            .references("Payload", "Timestamp", "Action", "MessageID", "To")
            .sign(message),
        RefusalCause.REFERENCE);
  }

  @Test
  void refusesASignedBodyThatWasMovedAside() {
    String signedBody =
        SIGNED.substring(SIGNED.indexOf("<soap:Body"), SIGNED.indexOf("</soap:Envelope>"));
    String fresh = "<soap:Body wsu:Id=\"New\">" + FORGED + "</soap:Body>";
    String without = SIGNED.replace(signedBody, fresh);

    refuses(
        inHeader(without, "<x:w xmlns:x='urn:x'>" + signedBody + "</x:w>"), RefusalCause.ENVELOPE);
    refuses(inHeader(without, signedBody), RefusalCause.ENVELOPE);
    refuses(SIGNED.replace(signedBody, fresh + signedBody), RefusalCause.ENVELOPE);
    refuses(SIGNED.replace(signedBody, signedBody + fresh), RefusalCause.ENVELOPE);
    refuses(
        SIGNED.replace(signedBody, fresh.replace("</soap:Body>", signedBody + "</soap:Body>")),
        RefusalCause.BODY);
    refuses(
        without.replace(
            "</ds:Signature>", "<ds:Object>" + signedBody + "</ds:Object></ds:Signature>"),
        RefusalCause.ENVELOPE);
    refuses(
        without.replace(
            "</wsse:SecurityTokenReference>", signedBody + "</wsse:SecurityTokenReference>"),
        RefusalCause.ENVELOPE);
  }

  @Test
  void refusesAHeaderThatTakesTheBodysPlaceInTheSignature() {
    String renamed = SIGNED.replace("wsu:Id=\"Body\"", "wsu:Id=\"New\"");
    refuses(inHeader(renamed, "<x:w xmlns:x='urn:x' wsu:Id='Body'/>"), RefusalCause.NOT_COVERED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wsu:Id", "Id", "ID", "xml:id", "AssertionID"})
  void refusesASecondElementWithTheIdOfASignedOne(String attribute) {
    refuses(
        inHeader(SIGNED, "<x:w xmlns:x='urn:x' " + attribute + "='Body'/>"),
        RefusalCause.DUPLICATE_ID);
  }

  @Test
  void refusesASignedTimestampThatWasMovedAside() {
    String signed = cut(SIGNED, "<wsu:Timestamp", "</wsu:Timestamp>");
    String fresh = HandMade.timestamp().replace("'Timestamp'", "'Fresh'");
    refuses(inHeader(SIGNED.replace(signed, fresh), signed), RefusalCause.NOT_COVERED);
    refuses(SIGNED.replace(signed, signed + fresh), RefusalCause.SECURITY_HEADER);
    refuses(SIGNED.replace(signed, ""), RefusalCause.SECURITY_HEADER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Action", "MessageID", "To"})
  void refusesAddressingThatWasMovedAsideOrDoubled(String name) {
    String signed = cut(SIGNED, "<wsa:" + name, "</wsa:" + name + ">");
    String fresh = signed.replace("\"" + name + "\"", "\"New\"");
    refuses(
        SIGNED.replace(signed, fresh + "<x:w xmlns:x='urn:x'>" + signed + "</x:w>"),
        RefusalCause.REFERENCE);
    refuses(SIGNED.replace(signed, signed + fresh), RefusalCause.ADDRESSING);
    refuses(SIGNED.replace(signed, ""), RefusalCause.ADDRESSING);
    refuses(SIGNED.replace(signed, "<wsa:" + name + "/>"), RefusalCause.ADDRESSING);
  }

  @Test
  void refusesAnOldMessageAndSaysWhen() {
    Refused refused =
        refusesAt(
            Messages.NOW.plus(Duration.ofMinutes(6).plusSeconds(1)),
            RefusalCause.TIMESTAMP_EXPIRED);
    assertThat(refused.refusal().explanation()).contains("expires").contains("now");
    assertThat(RefusalCause.TIMESTAMP_EXPIRED.callerText()).contains("Timestamp");
    refusesAt(Messages.NOW.minus(Duration.ofSeconds(62)), RefusalCause.TIMESTAMP_IN_FUTURE);
  }

  @Test
  void refusesATimestampThatClaimsTooLongALifeOrNone() {
    Instant now = Messages.NOW;
    refusesTimestamp(
        HandMade.timestamp(now, now.plusSeconds(601)), RefusalCause.TIMESTAMP_TOO_LONG);
    refusesTimestamp(HandMade.timestamp(now, now), RefusalCause.TIMESTAMP);
    String good = HandMade.timestamp();
    refusesTimestamp(good.replaceAll("<wsu:Expires>.*</wsu:Expires>", ""), RefusalCause.TIMESTAMP);
    refusesTimestamp(good.replaceAll("<wsu:Created>.*</wsu:Created>", ""), RefusalCause.TIMESTAMP);
    refusesTimestamp(
        good.replaceAll("(<wsu:Created>.*</wsu:Created>)", "$1$1"), RefusalCause.TIMESTAMP);
    refusesTimestamp(good.replace("Z<", "<"), RefusalCause.TIMESTAMP);
    refusesTimestamp(
        good.replaceAll("<wsu:Created>[^<]*", "<wsu:Created>now"), RefusalCause.TIMESTAMP);
    refusesTimestamp(
        good.replaceAll("<wsu:Created>[^<]*", "<wsu:Created>2026-02-31T25:00:00Z"),
        RefusalCause.TIMESTAMP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
        "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"
      })
  void refusesOtherSignatureAlgorithms(String algorithm) {
    refuses(
        HandSigner.usual().with(Messages.rsa().privateKey(), algorithm).sign(HandMade.unsigned()),
        RefusalCause.ALGORITHM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hmac-sha256", "hmac-sha384", "hmac-sha512"})
  void refusesAnHmacKeyedWithTheCertificate(String algorithm) {
    SecretKeySpec key = new SecretKeySpec(HandMade.der(Messages.rsa().certificate()), "HmacSHA256");
    refuses(
        HandSigner.usual().with(key, HandSigner.MORE + algorithm).sign(HandMade.unsigned()),
        RefusalCause.ALGORITHM);
  }

  @Test
  void refusesOtherDigestsAndCanonicalForms() {
    refuses(
        HandSigner.usual().digest(Names.DS + "sha1").sign(HandMade.unsigned()),
        RefusalCause.ALGORITHM);
    String inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    refuses(
        HandSigner.usual().canonicalForm(inclusive).sign(HandMade.unsigned()),
        RefusalCause.ALGORITHM);
    refuses(
        HandSigner.usual().transforms(inclusive).sign(HandMade.unsigned()), RefusalCause.ALGORITHM);
    refuses(
        HandSigner.usual()
            .transforms(Names.EXCLUSIVE_C14N, Names.ENVELOPED_SIGNATURE)
            .sign(HandMade.unsigned()),
        RefusalCause.ALGORITHM);
  }

  @Test
  void refusesOtherTransformsWithoutRunningThem() {
    String step = "<ds:Transform Algorithm=\"" + Names.EXCLUSIVE_C14N + "\"></ds:Transform>";
    for (String algorithm :
        List.of(
            "http://www.w3.org/TR/1999/REC-xslt-19991116",
            "http://www.w3.org/TR/1999/REC-xpath-19991116",
            "http://www.w3.org/2002/06/xmldsig-filter2",
            Names.DS + "base64")) {
      String other = "<ds:Transform Algorithm=\"" + algorithm + "\"><x/></ds:Transform>" + step;
      refuses(SIGNED.replaceFirst(step, other), RefusalCause.ALGORITHM);
    }
    refuses(SIGNED.replaceFirst(step, step.repeat(500)), RefusalCause.SIGNATURE_FORM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:1/x",
        "file:///etc/passwd",
        "",
        "#",
        "cid:1",
        "#xpointer(/)",
        "#xpointer(id('Body'))",
        "jar:file:x!/y"
      })
  void refusesReferencesToAnythingButAPart(String uri) {
    Refused refused =
        (Refused) Messages.verify(SIGNED.replaceFirst("URI=\"#Body\"", "URI=\"" + uri + "\""));
    assertThat(refused.refusal().cause()).isIn(RefusalCause.SIGNATURE_FORM, RefusalCause.REFERENCE);
  }

  @Test
  void refusesTooManyAndRepeatedReferences() {
    String reference = cut(SIGNED, "<ds:Reference", "</ds:Reference>");
    refuses(SIGNED.replace(reference, reference + reference), RefusalCause.SIGNATURE_FORM);
    refuses(SIGNED.replace(reference, reference.repeat(300)), RefusalCause.SIGNATURE_FORM);
    refuses(SIGNED.replace(reference, reference.repeat(40)), RefusalCause.SIGNATURE_FORM);
  }

  @Test
  void refusesTwoSignaturesAndTwoSecurityHeaders() {
    String signature = cut(SIGNED, "<ds:Signature ", "</ds:Signature>");
    refuses(SIGNED.replace(signature, signature + signature), RefusalCause.SECURITY_HEADER);
    refuses(inHeader(SIGNED, "<wsse:Security/>"), RefusalCause.SECURITY_HEADER);
    refuses(
        inHeader(SIGNED, "<x:w xmlns:x='urn:x'><wsse:Security/></x:w>"),
        RefusalCause.SECURITY_HEADER);
    refuses(
        SIGNED.replace("<wsse:Security ", "<wsse:Security soap:actor='urn:other' "),
        RefusalCause.SECURITY_HEADER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<saml:Assertion xmlns:saml='urn:oasis:names:tc:SAML:2.0:assertion'/>",
        "<wsse:UsernameToken/>",
        "<xenc:EncryptedKey xmlns:xenc='http://www.w3.org/2001/04/xmlenc#'/>",
        "<wsse:BinarySecurityToken>AAAA</wsse:BinarySecurityToken>",
        "text"
      })
  void refusesOtherThingsInTheSecurityHeader(String other) {
    refuses(
        SIGNED.replace("<wsu:Timestamp", other + "<wsu:Timestamp"), RefusalCause.SECURITY_HEADER);
  }

  @Test
  void refusesHostileKeyReferences() {
    for (String hostile :
        List.of(
            "<ds:KeyName xmlns:ds='" + Names.DS + "'>x</ds:KeyName>",
            "<ds:KeyValue xmlns:ds='" + Names.DS + "'/>",
            HandMade.reference(""),
            HandMade.reference("<wsse:Reference URI='#Body'/>"),
            HandMade.reference("<wsse:Reference URI='http://127.0.0.1:1/'/>"),
            HandMade.reference("<wsse:Reference URI='#Token'/><wsse:Reference URI='#Token'/>"),
            HandMade.reference("<wsse:Reference URI='#Token' ValueType='urn:x'/>"),
            HandMade.reference("<wsse:Reference URI='#Token'><wsse:x/></wsse:Reference>"),
            HandMade.reference("<wsse:Embedded/>"),
            HandMade.reference("<wsse:KeyIdentifier ValueType='urn:x'>AAAA</wsse:KeyIdentifier>"),
            HandMade.keyIdentifier(Names.X509_V3, HandMade.der(Messages.rsa().certificate())),
            HandMade.issuerSerial("", ""),
            HandMade.issuerSerial("CN=x", "1e9"),
            HandMade.issuerSerial("not a name", "1"),
            HandMade.issuerSerial("CN=" + "x".repeat(5000), "1"),
            HandMade.reference("<ds:X509Data/>"),
            HandMade.reference(
                "<ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data>"))) {
      refuses(
          HandSigner.usual().keyInfo(hostile).sign(HandMade.unsigned()),
          RefusalCause.KEY_REFERENCE);
    }
  }

  @Test
  void refusesAnUnregisteredCertificateNamedByAReference() {
    refuses(
        HandSigner.usual()
            .keyInfo(HandMade.issuerSerial("CN=nobody", "1"))
            .sign(HandMade.unsigned()),
        RefusalCause.CERTIFICATE_UNKNOWN);
  }

  @Test
  void refusesGarbageForACertificate() {
    byte[] der = HandMade.der(Messages.rsa().certificate());
    byte[] longer = java.util.Arrays.copyOf(der, der.length + 1);
    for (String garbage :
        List.of(
            "", "AAAA", "%%%%", "A".repeat(20_000), Base64.getEncoder().encodeToString(longer))) {
      String message =
          HandMade.envelope(
              HandMade.security(HandMade.timestamp(), HandMade.token(garbage))
                  + HandMade.addressing(),
              HandMade.body());
      refuses(HandSigner.usual().sign(message), RefusalCause.KEY_REFERENCE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "expired",
    "not-yet-valid",
    "server-only",
    "encipherment-only",
    "weak-key",
    "sha1",
    "revoked",
    "unknown-ca"
  })
  void refusesBadCertificatesAndNamesTheSerial(String name) {
    DevelopmentCertificate bad = TestCertificates.all().of(Group.BAD, name);

    Refused refused = refuses(signedBy(bad.keyMaterial()), RefusalCause.CERTIFICATE_REFUSED);

    assertThat(refused.refusal().found())
        .contains(bad.certificate().getSerialNumber().toString(16));
  }

  @Test
  void refusesASignatureByAnotherKeyThanTheCertificates() {
    refuses(
        HandSigner.usual()
            .with(Messages.clinical("gp").privateKey(), HandSigner.MORE + "rsa-sha256")
            .sign(HandMade.unsigned()),
        RefusalCause.SIGNATURE_VALUE);
    String value = cut(SIGNED, "<ds:SignatureValue", "</ds:SignatureValue>");
    refuses(SIGNED.replace(value, "<ds:SignatureValue/>"), RefusalCause.SIGNATURE_VALUE);
    refuses(
        SIGNED.replace(value, "<ds:SignatureValue>AAAA</ds:SignatureValue>"),
        RefusalCause.SIGNATURE_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "%%%%", "AAAA", "AAAAAAAA AAAA="})
  void refusesValuesThatAreNoSignatures(String value) {
    for (String signed :
        List.of(SIGNED, Messages.signed(AddressingVersion.V2005_08, Messages.ec()))) {
      String good = cut(signed, "<ds:SignatureValue>", "</ds:SignatureValue>");
      refuses(
          signed.replace(good, "<ds:SignatureValue>" + value + "</ds:SignatureValue>"),
          RefusalCause.SIGNATURE_VALUE);
    }
  }

  @Test
  void refusesASignatureAlgorithmThatDoesNotFitTheKey() {
    String method = HandSigner.MORE + "rsa-sha256";
    refuses(SIGNED.replace(method, HandSigner.MORE + "ecdsa-sha256"), RefusalCause.SIGNATURE_VALUE);
  }

  @Test
  void refusesOtherReceiversAndReplyAddresses() {
    refusesSigned(
        HandMade.unsigned().replace(Messages.ADDRESS, "https://live.example/query"),
        RefusalCause.WRONG_ADDRESS);
    String elsewhere = "<wsa:Address>http://169.254.169.254/</wsa:Address>";
    for (String name : List.of("ReplyTo", "FaultTo")) {
      String header = "<wsa:" + name + ">" + elsewhere + "</wsa:" + name + ">";
      refusesSigned(inHeader(HandMade.unsigned(), header), RefusalCause.REPLY_ADDRESS);
      refusesSigned(
          inHeader(HandMade.unsigned(), "<wsa:" + name + "/>"), RefusalCause.REPLY_ADDRESS);
    }
  }

  @Test
  void refusesAddressingOfTwoVersionsOrNone() {
    String other =
        "<w:Action xmlns:w='" + AddressingVersion.V2004_08.namespace() + "'>x</w:Action>";
    refusesSigned(inHeader(HandMade.unsigned(), other), RefusalCause.ADDRESSING);
    refuses(
        HandMade.envelope(HandMade.security(HandMade.timestamp()), HandMade.body()),
        RefusalCause.ADDRESSING);
    refusesSigned(HandMade.unsigned().replace(Messages.ID.urn(), "42"), RefusalCause.MESSAGE_ID);
  }

  @Test
  void refusesActionsThatDoNotAgreeWithTheBody() {
    refusesSigned(HandMade.unsigned().replace("urn:t/ask", "urn:t/tell"), RefusalCause.ACTION);
    refusesSigned(HandMade.unsigned().replace("t:ask", "t:tell"), RefusalCause.OPERATION);
  }

  @Test
  void refusesOddEnvelopes() {
    refuses(SIGNED.replace(HandMade.body().substring(0, 10), "x"), RefusalCause.NOT_WELL_FORMED);
    refuses(
        SIGNED.replace(Names.SOAP, "http://www.w3.org/2003/05/soap-envelope"),
        RefusalCause.SOAP_VERSION);
    refuses("<a/>", RefusalCause.ENVELOPE);
    refusesSigned(
        HandMade.unsigned().replace("</t:ask>", "</t:ask><t:ask xmlns:t='urn:test'/>"),
        RefusalCause.BODY);
    refusesSigned(HandMade.unsigned().replace(HandMade.PAYLOAD, ""), RefusalCause.BODY);
    refusesSigned(HandMade.unsigned().replace(HandMade.PAYLOAD, "text"), RefusalCause.BODY);
    refuses(SIGNED.replace("</soap:Envelope>", "<x/></soap:Envelope>"), RefusalCause.ENVELOPE);
    refuses(SIGNED.replace("</soap:Envelope>", "x</soap:Envelope>"), RefusalCause.ENVELOPE);
    refuses(
        inHeader(SIGNED, "<x:a xmlns:x='urn:x' soap:mustUnderstand='1'/>"),
        RefusalCause.HEADER_NOT_UNDERSTOOD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>",
        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:1/x.dtd'>"
      })
  void refusesEveryDocumentType(String type) {
    refuses(type + SIGNED, RefusalCause.DOCUMENT_TYPE);
  }

  @Test
  void refusesProcessingInstructionsAndUndeclaredEntities() {
    refuses("<?xml-stylesheet href='x'?>" + SIGNED, RefusalCause.PROCESSING_INSTRUCTION);
    refuses(SIGNED.replace("0018", "00<?x y?>18"), RefusalCause.PROCESSING_INSTRUCTION);
    refuses(SIGNED.replace("0018", "&a;"), RefusalCause.NOT_WELL_FORMED);
    refuses(SIGNED.replace("0018", "&#0;"), RefusalCause.NOT_WELL_FORMED);
    refuses(SIGNED.replace("0018", "&#xFFFE;"), RefusalCause.NOT_WELL_FORMED);
    refuses(SIGNED.replace("0018", "\uFFFE"), RefusalCause.NOT_WELL_FORMED);
    refuses("<?xml version='1.1'?>" + SIGNED, RefusalCause.NOT_WELL_FORMED);
    refuses("", RefusalCause.NOT_WELL_FORMED);
    refuses(SIGNED.substring(0, SIGNED.length() - 5), RefusalCause.NOT_WELL_FORMED);
    refuses(SIGNED + SIGNED, RefusalCause.NOT_WELL_FORMED);
  }

  @Test
  void refusesOtherAndFalseEncodings() {
    refuses(SIGNED.getBytes(StandardCharsets.UTF_8), Optional.of("utf-7"));
    refuses(SIGNED.getBytes(StandardCharsets.UTF_8), Optional.of("utf-16"));
    refuses(
        ("<?xml version='1.0' encoding='UTF-8'?>" + SIGNED).getBytes(StandardCharsets.UTF_8),
        Optional.of("iso-8859-1"));
    refuses(
        ("<?xml version='1.0' encoding='IBM037'?>" + SIGNED).getBytes(StandardCharsets.UTF_8),
        Optional.empty());
    refuses(SIGNED.replace("0018", "Ó").getBytes(StandardCharsets.ISO_8859_1), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 20_000})
  void refusesDeepNesting(int depth) {
    refuses(inHeader(SIGNED, "<a>".repeat(depth) + "</a>".repeat(depth)), RefusalCause.TOO_COMPLEX);
  }

  @Test
  void refusesFloodsOfElementsAttributesNamesAndText() {
    StringBuilder names = new StringBuilder();
    StringBuilder attributes = new StringBuilder();
    StringBuilder namespaces = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      names.append("<").append(sameHash(i)).append("/>");
      attributes.append(" a").append(i).append("='1'");
      namespaces.append(" xmlns:n").append(i).append("='urn:").append(i).append("'");
    }
    String wrapped = "<x:w xmlns:x='urn:x'%s>%s</x:w>";
    refuses(inHeader(SIGNED, "<a/>".repeat(6_000)), RefusalCause.TOO_COMPLEX);
    refuses(inHeader(SIGNED, names.toString()), RefusalCause.TOO_COMPLEX);
    refuses(inHeader(SIGNED, wrapped.formatted(attributes, "")), RefusalCause.TOO_COMPLEX);
    refuses(inHeader(SIGNED, wrapped.formatted(namespaces, "")), RefusalCause.TOO_COMPLEX);
    refuses(
        inHeader(SIGNED, wrapped.formatted(" a='" + "x".repeat(9_000) + "'", "")),
        RefusalCause.TOO_COMPLEX);
    refuses(inHeader(SIGNED, wrapped.formatted("", "x".repeat(70_000))), RefusalCause.TOO_COMPLEX);
    refuses(inHeader(SIGNED, "x".repeat(300_000)), RefusalCause.TOO_LARGE);
  }

  @Test
  void tellsCallersNothingOfTheMessage() {
    for (RefusalCause cause : RefusalCause.values()) {
      assertThat(cause.callerText()).isNotBlank();
      if (cause.kind() == RefusalKind.SECURITY) {
        assertThat(cause.callerText()).isEqualTo(RefusalCause.UNEXPECTED.callerText());
      }
    }
  }

  /** Names whose Java hash codes are all equal. */
  private static String sameHash(int number) {
    StringBuilder name = new StringBuilder("n");
    for (int bit = 0; bit < 12; bit++) {
      name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }

  private static String signedBy(KeyMaterial key) {
    boolean elliptic = key.privateKey().getAlgorithm().equals("EC");
    String algorithm = HandSigner.MORE + (elliptic ? "ecdsa-sha256" : "rsa-sha256");
    return HandSigner.usual()
        .with(key.privateKey(), algorithm)
        .sign(
            HandMade.envelope(
                HandMade.security(HandMade.timestamp(), HandMade.token(key.certificate()))
                    + HandMade.addressing(),
                HandMade.body()));
  }

  private static String inHeader(String message, String block) {
    return message.replace("</soap:Header>", block + "</soap:Header>");
  }

  private static String cut(String message, String from, String to) {
    int start = message.indexOf(from);
    return message.substring(start, message.indexOf(to, start) + to.length());
  }

  private static void refusesTimestamp(String timestamp, RefusalCause cause) {
    refusesSigned(
        HandMade.envelope(
            HandMade.security(timestamp, HandMade.token()) + HandMade.addressing(),
            HandMade.body()),
        cause);
  }

  private static void refusesSigned(String message, RefusalCause cause) {
    refuses(HandSigner.usual().sign(message), cause);
  }

  private static Refused refuses(String message, RefusalCause cause) {
    return refused(Messages.verify(message), cause);
  }

  private static void refuses(byte[] message, Optional<String> charset) {
    refused(
        Messages.verifier(Messages.NOW).verify(message, charset, Messages.expected()),
        RefusalCause.ENCODING);
  }

  private static Refused refusesAt(Instant now, RefusalCause cause) {
    return refused(
        Messages.verifier(now)
            .verify(Messages.bytes(SIGNED), Optional.empty(), Messages.expected()),
        cause);
  }

  private static Refused refused(Verification verification, RefusalCause cause) {
    assertThat(verification).isInstanceOf(Refused.class);
    Refused refused = (Refused) verification;
    assertThat(refused.refusal().cause()).as(refused.refusal().found()).isEqualTo(cause);
    assertThat(refused.refusal().explanation()).doesNotContain("999000");
    return refused;
  }
}
