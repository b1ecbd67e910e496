package uk.cpis.gateway.attack;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import uk.cpis.gateway.testing.TestMessage;

/**
 * A valid message before it is signed, in pieces that an attack may exchange. Every part that is to
 * be signed bears its own name as its id.
 */
record Draft(
    Kind kind,
    TestMessage message,
    Pen pen,
    String payload,
    String timestamp,
    String token,
    String addressing) {

  private static final Map<Class<?>, JAXBContext> CONTEXTS = new ConcurrentHashMap<>();
  private static final int LIFE_SECONDS = 300;

  /** A new message of this kind for the gateway at this address. */
  static Draft of(Kind kind, String gateway) {
    Object body = kind.body();
    TestMessage message = TestMessage.of(kind.interaction(), body, gateway + kind.path());
    Pen pen = Pen.of(kind.system().signingKeys());
    Instant now = Instant.now();
    return new Draft(
        kind,
        message,
        pen,
        marshalled(body),
        timestamp(now, now.plusSeconds(LIFE_SECONDS)),
        tokenOf(pen.certificate()),
        header("Action", kind.interaction().action())
            + header("MessageID", message.id().urn())
            + header("To", message.to()));
  }

  Draft payload(String other) {
    return new Draft(kind, message, pen, other, timestamp, token, addressing);
  }

  Draft timestamp(String other) {
    return new Draft(kind, message, pen, payload, other, token, addressing);
  }

  Draft token(String other) {
    return new Draft(kind, message, pen, payload, timestamp, other, addressing);
  }

  Draft addressing(String other) {
    return new Draft(kind, message, pen, payload, timestamp, token, other);
  }

  Draft pen(Pen other) {
    return new Draft(kind, message, other, payload, timestamp, token, addressing);
  }

  /** Signed by this key, whose certificate is the token. */
  Draft by(Pen other) {
    return pen(other).token(tokenOf(other.certificate()));
  }

  String unsigned() {
    return envelope(security(timestamp + token) + addressing, body());
  }

  String signed() {
    return pen.sign(unsigned());
  }

  String body() {
    return "<soap:Body wsu:Id=\"Body\">" + payload + "</soap:Body>";
  }

  /** The same content about somebody else, under an id of its own. */
  String forgedBody() {
    return "<soap:Body wsu:Id=\"New\">" + kind.forged(payload) + "</soap:Body>";
  }

  static String envelope(String header, String body) {
    return "<soap:Envelope xmlns:soap=\""
        + Names.SOAP
        + "\" xmlns:wsse=\""
        + Names.WSSE
        + "\" xmlns:wsu=\""
        + Names.WSU
        + "\" xmlns:wsa=\""
        + Names.WSA
        + "\"><soap:Header>"
        + header
        + "</soap:Header>"
        + body
        + "</soap:Envelope>";
  }

  static String security(String children) {
    return "<wsse:Security soap:mustUnderstand=\"1\">" + children + "</wsse:Security>";
  }

  static String timestamp(Instant created, Instant expires) {
    return timestamp(
        created.truncatedTo(ChronoUnit.SECONDS).toString(),
        expires.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  static String timestamp(String created, String expires) {
    return "<wsu:Timestamp wsu:Id=\"Timestamp\"><wsu:Created>"
        + created
        + "</wsu:Created><wsu:Expires>"
        + expires
        + "</wsu:Expires></wsu:Timestamp>";
  }

  static String tokenOf(X509Certificate certificate) {
    return tokenOf(encoded(certificate));
  }

  static String tokenOf(String content) {
    return "<wsse:BinarySecurityToken wsu:Id=\"Token\" EncodingType=\""
        + Names.BASE64
        + "\" ValueType=\""
        + Names.X509
        + "X509v3\">"
        + content
        + "</wsse:BinarySecurityToken>";
  }

  static String header(String name, String value) {
    return "<wsa:" + name + " wsu:Id=\"" + name + "\">" + value + "</wsa:" + name + ">";
  }

  static String encoded(X509Certificate certificate) {
    return Base64.getEncoder().encodeToString(der(certificate));
  }

  static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String marshalled(Object body) {
    try {
      Marshaller marshaller =
          CONTEXTS.computeIfAbsent(body.getClass(), Draft::context).createMarshaller();
      marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
      StringWriter text = new StringWriter();
      marshaller.marshal(body, text);
      return text.toString();
    } catch (JAXBException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JAXBContext context(Class<?> type) {
    try {
      return JAXBContext.newInstance(type);
    } catch (JAXBException e) {
      throw new IllegalStateException(e);
    }
  }
}
