package uk.cpis.gateway.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;

/** The pieces of a message made by hand; the tests put them together in good and bad ways. */
final class HandMade {
  static final String WSA = AddressingVersion.V2005_08.namespace();
  static final String PAYLOAD = "<t:ask xmlns:t='urn:test'><t:number>9990000018</t:number></t:ask>";

  private static final String XMLNS =
      " xmlns:soap='"
          + Names.SOAP
          + "' xmlns:wsse='"
          + Names.WSSE
          + "' xmlns:wsu='"
          + Names.WSU
          + "' xmlns:wsa='"
          + WSA
          + "'";

  private HandMade() {}

  /** A message without a signature, every part with its name as id. */
  static String unsigned() {
    return envelope(security(timestamp(), token()) + addressing(), body());
  }

  static String envelope(String header, String body) {
    return "<soap:Envelope"
        + XMLNS
        + "><soap:Header>"
        + header
        + "</soap:Header>"
        + body
        + "</soap:Envelope>";
  }

  static String body() {
    return "<soap:Body wsu:Id='Body'>" + PAYLOAD + "</soap:Body>";
  }

  static String security(String... children) {
    return "<wsse:Security soap:mustUnderstand='1'>"
        + String.join("", children)
        + "</wsse:Security>";
  }

  static String timestamp() {
    return timestamp(Messages.NOW, Messages.NOW.plus(Duration.ofMinutes(5)));
  }

  static String timestamp(Instant created, Instant expires) {
    return "<wsu:Timestamp wsu:Id='Timestamp'><wsu:Created>"
        + created.truncatedTo(ChronoUnit.SECONDS)
        + "</wsu:Created><wsu:Expires>"
        + expires.truncatedTo(ChronoUnit.SECONDS)
        + "</wsu:Expires></wsu:Timestamp>";
  }

  static String token() {
    return token(Messages.rsa().certificate());
  }

  static String token(X509Certificate certificate) {
    return token(Base64.getEncoder().encodeToString(der(certificate)));
  }

  static String token(String content) {
    return "<wsse:BinarySecurityToken wsu:Id='Token' EncodingType='"
        + Names.BASE64
        + "' ValueType='"
        + Names.X509_V3
        + "'>"
        + content
        + "</wsse:BinarySecurityToken>";
  }

  static String addressing() {
    return action() + messageId() + to();
  }

  static String action() {
    return header("Action", Messages.ASK.action());
  }

  static String messageId() {
    return header("MessageID", Messages.ID.urn());
  }

  static String to() {
    return header("To", Messages.ADDRESS);
  }

  static String header(String name, String value) {
    return "<wsa:" + name + " wsu:Id='" + name + "'>" + value + "</wsa:" + name + ">";
  }

  /** A SecurityTokenReference around one form of reference. */
  static String reference(String form) {
    return "<wsse:SecurityTokenReference xmlns:wsse='"
        + Names.WSSE
        + "' xmlns:ds='"
        + Names.DS
        + "'>"
        + form
        + "</wsse:SecurityTokenReference>";
  }

  static String keyIdentifier(String valueType, byte[] identifier) {
    return reference(
        "<wsse:KeyIdentifier ValueType='"
            + valueType
            + "' EncodingType='"
            + Names.BASE64
            + "'>"
            + Base64.getEncoder().encodeToString(identifier)
            + "</wsse:KeyIdentifier>");
  }

  static String issuerSerial(String issuer, String serial) {
    return reference(
        "<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>"
            + issuer
            + "</ds:X509IssuerName><ds:X509SerialNumber>"
            + serial
            + "</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>");
  }

  static byte[] subjectKeyIdentifier(X509Certificate certificate) {
    byte[] extension = certificate.getExtensionValue("2.5.29.14");
    return Arrays.copyOfRange(extension, 4, extension.length);
  }

  static byte[] thumbprint(X509Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(der(certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
