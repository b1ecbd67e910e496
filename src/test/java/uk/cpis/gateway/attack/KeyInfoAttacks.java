package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.CERTIFICATE_REFUSED;
import static uk.cpis.gateway.security.RefusalCause.CERTIFICATE_UNKNOWN;
import static uk.cpis.gateway.security.RefusalCause.KEY_REFERENCE;
import static uk.cpis.gateway.security.RefusalCause.SECURITY_HEADER;
import static uk.cpis.gateway.security.RefusalCause.SIGNATURE_FORM;
import static uk.cpis.gateway.security.RefusalCause.SIGNATURE_VALUE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.cpis.gateway.testing.TestCertificates;

/** Key references that are none, name another key, or carry something else. */
final class KeyInfoAttacks extends Attacks {

  private static final String DS = " xmlns:ds=\"" + Names.DS + "\"";

  KeyInfoAttacks() {
    super("key-info");
    otherForms();
    oddReferences();
    oddSerials();
    oddIdentifiers();
    tokens();
    otherTokens();
  }

  private void keyInfo(String name, String content) {
    keyInfo(name, Expected.cause(KEY_REFERENCE), content);
  }

  private void keyInfo(String name, Expected expected, String content) {
    made(name, expected, d -> d.pen(d.pen().keyInfo(content)).signed());
  }

  private void otherForms() {
    keyInfo("key name", "<ds:KeyName" + DS + ">hostile-marker</ds:KeyName>");
    keyInfo("empty key value", "<ds:KeyValue" + DS + "/>");
    keyInfo(
        "the attacker's key value",
        "<ds:KeyValue"
            + DS
            + "><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus>"
            + "<ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>");
    keyInfo(
        "certificate in X509Data",
        "<ds:X509Data" + DS + "><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data>");
    keyInfo("PGP data", "<ds:PGPData" + DS + "/>");
    keyInfo(
        "DER key",
        "<d:DEREncodedKeyValue xmlns:d=\"http://www.w3.org/2009/xmldsig11#\">AAAA</d:DEREncodedKeyValue>");
    keyInfo("encrypted key", "<e:EncryptedKey xmlns:e=\"" + Names.XMLENC + "\"/>");
    keyInfo("nothing", Expected.cause(SIGNATURE_FORM), "");
    keyInfo("text", Expected.cause(KEY_REFERENCE), "text");
    keyInfo("text beside the token reference", "hostile-marker" + Pen.BY_TOKEN);
    keyInfo(
        "text in the token reference", Pen.str("hostile-marker<wsse:Reference URI=\"#Token\"/>"));
    keyInfo("token reference in a token reference", Pen.str(Pen.BY_TOKEN));
    keyInfo(
        "agreed key", "<e:AgreementMethod xmlns:e=\"" + Names.XMLENC + "\" Algorithm=\"urn:x\"/>");
    keyInfo(
        "manifest for a key",
        "<ds:Manifest" + DS + "><ds:Reference URI=\"#Token\"/></ds:Manifest>");
    keyInfo("two references", Pen.BY_TOKEN + Pen.BY_TOKEN);
    keyInfo("reference and key value", Pen.BY_TOKEN + "<ds:KeyValue" + DS + "/>");
    altered(
        "two key infos",
        SIGNATURE_FORM,
        xml -> {
          String info = cut(xml, "<ds:KeyInfo", "</ds:KeyInfo>");
          return xml.replace(info, info + info);
        });
  }

  private void oddReferences() {
    keyInfo("empty token reference", Pen.str(""));
    for (String uri :
        List.of(
            "",
            "#",
            "#Body",
            "#Timestamp",
            "#Nothing",
            "Token",
            "file:///etc/passwd",
            "cid:x",
            "#xpointer(id('Token'))")) {
      keyInfo("token reference to '" + uri + "'", Pen.str("<wsse:Reference URI=\"" + uri + "\"/>"));
    }
    add(
        "token reference to the canary",
        Expected.cause(KEY_REFERENCE),
        (d, canary) ->
            Hostile.of(
                d.pen(
                        d.pen()
                            .keyInfo(
                                Pen.str("<wsse:Reference URI=\"" + canary.url("http") + "\"/>")))
                    .signed()));
    keyInfo(
        "token reference of another type",
        Pen.str("<wsse:Reference URI=\"#Token\" ValueType=\"urn:x\"/>"));
    keyInfo(
        "token reference to a path of certificates",
        Pen.str("<wsse:Reference URI=\"#Token\" ValueType=\"" + Names.X509 + "X509PKIPathv1\"/>"));
    keyInfo(
        "token reference with content",
        Pen.str("<wsse:Reference URI=\"#Token\"><wsse:x/></wsse:Reference>"));
    keyInfo(
        "embedded token",
        Pen.str(
            "<wsse:Embedded><wsse:BinarySecurityToken>AAAA</wsse:BinarySecurityToken></wsse:Embedded>"));
    keyInfo(
        "reference to an assertion",
        Pen.str(
            "<wsse:KeyIdentifier ValueType=\"http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLID\">x</wsse:KeyIdentifier>"));
    keyInfo(
        "two references in one",
        Pen.str("<wsse:Reference URI=\"#Token\"/><wsse:Reference URI=\"#Token\"/>"));
  }

  private void serial(String name, Expected expected, String issuer, String serial) {
    keyInfo(
        "issuer and serial: " + name,
        expected,
        Pen.str(
            "<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>"
                + issuer
                + "</ds:X509IssuerName><ds:X509SerialNumber>"
                + serial
                + "</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>"));
  }

  private void oddSerials() {
    Expected form = Expected.cause(KEY_REFERENCE);
    Expected unknown = Expected.cause(CERTIFICATE_UNKNOWN);
    Expected either = Expected.cause(KEY_REFERENCE, CERTIFICATE_UNKNOWN);
    serial("both empty", form, "", "");
    serial("no number", form, "CN=x", "1e9");
    serial("negative", form, "CN=x", "-1");
    serial("hexadecimal", form, "CN=x", "0xFF");
    serial("of other digits", form, "CN=x", "\u0661");
    serial("10,000 digits", form, "CN=x", "9".repeat(10_000));
    serial("no name", form, "not a name", "1");
    serial("long name", form, "CN=" + "x".repeat(5_000), "1");
    serial("unknown", unknown, "CN=nobody", "1");
    serial("broken hexadecimal", either, "CN=#04", "1");
    serial("hexadecimal that is no DER", either, "CN=#FFFFFFFF", "1");
    serial("hundreds of parts", either, "CN=x,".repeat(180) + "CN=x", "1");
    serial("unfinished escape", either, "CN=x\\", "1");
    serial("query of a directory", either, "CN=*)(uid=*))(|(uid=*", "1");
    serial("quoted without an end", either, "CN=\"x", "1");
    keyInfo("X509Data without anything", Pen.str("<ds:X509Data/>"));
    keyInfo(
        "issuer and serial twice",
        Pen.str("<ds:X509Data>" + "<ds:X509IssuerSerial/>".repeat(2) + "</ds:X509Data>"));
    keyInfo(
        "certificate in a reference",
        Pen.str("<ds:X509Data><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data>"));
    keyInfo(
        "subject name in a reference",
        Pen.str("<ds:X509Data><ds:X509SubjectName>CN=x</ds:X509SubjectName></ds:X509Data>"));
  }

  private void oddIdentifiers() {
    for (String type : List.of(Names.X509 + "X509SubjectKeyIdentifier", Names.THUMBPRINT)) {
      String end = type.substring(type.indexOf('#') + 1);
      keyInfo(end + " empty", Expected.cause(CERTIFICATE_UNKNOWN), identifier(type, ""));
      keyInfo(end + " of nobody", Expected.cause(CERTIFICATE_UNKNOWN), identifier(type, "AAAA"));
      keyInfo(end + " that is not base64", identifier(type, "%%%"));
      keyInfo(end + " very long", identifier(type, "AAAA".repeat(2_000)));
    }
    keyInfo("identifier of no type", identifier("", "AAAA"));
    keyInfo("whole certificate as identifier", identifier(Names.X509 + "X509v3", "AAAA"));
  }

  private static String identifier(String type, String content) {
    return Pen.str(
        "<wsse:KeyIdentifier ValueType=\"" + type + "\">" + content + "</wsse:KeyIdentifier>");
  }

  private void tokens() {
    Map<String, String> contents = new LinkedHashMap<>();
    contents.put("empty", "");
    contents.put("garbage", "AAAA");
    contents.put("not base64", "%%%%");
    contents.put("not quite base64", "A");
    contents.put("huge", "A".repeat(40_000));
    contents.put("a file's name", "/etc/passwd");
    contents.put("PEM", "-----BEGIN CERTIFICATE-----");
    contents.put("a revocation list", pem("issuing.crl"));
    contents.put(
        "DER of great length", base64(new byte[] {0x30, (byte) 0x84, 0x7F, -1, -1, -1, 0}));
    contents.put("DER deep in itself", base64(nested()));
    contents.forEach(
        (name, content) ->
            made("token " + name, KEY_REFERENCE, d -> d.token(Draft.tokenOf(content)).signed()));
    made(
        "token with a tail",
        KEY_REFERENCE,
        d -> {
          byte[] der = Draft.der(d.pen().certificate());
          return d.token(Draft.tokenOf(base64(Arrays.copyOf(der, der.length + 1)))).signed();
        });
    made(
        "token of two certificates",
        KEY_REFERENCE,
        d -> {
          String one = Draft.encoded(d.pen().certificate());
          byte[] two = Base64.getMimeDecoder().decode(one);
          byte[] both = Arrays.copyOf(two, two.length * 2);
          System.arraycopy(two, 0, both, two.length, two.length);
          return d.token(Draft.tokenOf(base64(both))).signed();
        });
    made(
        "token of the bare key",
        KEY_REFERENCE,
        d ->
            d.token(Draft.tokenOf(base64(d.pen().certificate().getPublicKey().getEncoded())))
                .signed());
    made(
        "token with an element",
        KEY_REFERENCE,
        d -> d.token(d.token().replace("</wsse:", "<x/></wsse:")).signed());
    made(
        "token that includes the canary",
        KEY_REFERENCE,
        d ->
            d.token(
                    Draft.tokenOf(
                        "<xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\""
                            + " href=\"http://127.0.0.1:1/x\"/>"))
                .signed());
    for (String type : List.of("X509PKIPathv1", "PKCS7", "X509v1")) {
      made(
          "token said to be " + type,
          KEY_REFERENCE,
          d -> d.token(d.token().replace("X509v3", type)).signed());
    }
    made(
        "token said to be hexadecimal",
        KEY_REFERENCE,
        d -> d.token(d.token().replace("Base64Binary", "HexBinary")).signed());
    made(
        "token of somebody else, the signature the sender's",
        SIGNATURE_VALUE,
        d -> d.token(Draft.tokenOf(Attackers.other(d.kind()).certificate())).signed());
    made(
        "token of the gateway itself",
        Expected.cause(SIGNATURE_VALUE, CERTIFICATE_REFUSED),
        d ->
            d.token(
                    Draft.tokenOf(
                        TestCertificates.all()
                            .of(
                                uk.cpis.gateway.pki.DevelopmentCertificate.Group.GATEWAY,
                                "signing-rsa")
                            .certificate()))
                .signed());
    made(
        "token exchanged after signing",
        SIGNATURE_VALUE,
        d ->
            d.signed()
                .replace(
                    token(d.signed()), Draft.tokenOf(Attackers.other(d.kind()).certificate())));
  }

  private static byte[] nested() {
    byte[] der = new byte[6_000];
    for (int i = 0; i < der.length; i += 4) {
      int left = der.length - i - 4;
      der[i] = 0x30;
      der[i + 1] = (byte) 0x82;
      der[i + 2] = (byte) (left >> 8);
      der[i + 3] = (byte) left;
    }
    return der;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String pem(String name) {
    try {
      return Files.readString(TestCertificates.all().ca().resolve(name), StandardCharsets.US_ASCII)
          .replaceAll("-----[^-]*-----", "")
          .strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void otherTokens() {
    Map<String, String> others = new LinkedHashMap<>();
    others.put(
        "SAML assertion", "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>");
    others.put(
        "old SAML assertion",
        "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:1.0:assertion\"/>");
    others.put(
        "user name", "<wsse:UsernameToken><wsse:Username>x</wsse:Username></wsse:UsernameToken>");
    others.put(
        "derived key",
        "<c:DerivedKeyToken xmlns:c=\"http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512\"/>");
    others.put(
        "context token",
        "<c:SecurityContextToken xmlns:c=\"http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512\"/>");
    others.put("encrypted key", "<e:EncryptedKey xmlns:e=\"" + Names.XMLENC + "\"/>");
    others.put(
        "encrypted header",
        "<e:EncryptedHeader xmlns:e=\"http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd\"/>");
    others.put(
        "reference list",
        "<e:ReferenceList xmlns:e=\""
            + Names.XMLENC
            + "\"><e:DataReference URI=\"#Body\"/></e:ReferenceList>");
    others.put(
        "Kerberos ticket",
        "<wsse:BinarySecurityToken ValueType=\"urn:kerberos\">AAAA</wsse:BinarySecurityToken>");
    others.put(
        "signature confirmation",
        "<s:SignatureConfirmation xmlns:s=\"http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd\"/>");
    others.put("text", "hostile-marker");
    others.forEach(
        (name, element) ->
            signed(
                name + " in the security header",
                SECURITY_HEADER,
                xml -> xml.replace("<wsu:Timestamp", element + "<wsu:Timestamp")));
  }
}
