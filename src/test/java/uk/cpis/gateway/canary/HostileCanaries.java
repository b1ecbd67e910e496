package uk.cpis.gateway.canary;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.security.AddressingVersion;
import uk.cpis.gateway.security.MessageHeaders;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestSystem;

/**
 * Requests that are to be refused, made of a good query, with the child's data wherever a message
 * or its HTTP head has room for them. Each is the bytes of a whole request.
 */
final class HostileCanaries {

  private static final String ALL = CanaryChild.ALL;
  private static final String NAME = CanaryChild.NAME;
  private static final Duration LIFE = Duration.ofMinutes(5);

  private final String address;
  private final TestSystem system = TestSystem.homerton();

  /** To the gateway at this address. */
  HostileCanaries(String address) {
    this.address = address;
  }

  List<byte[]> all() {
    return Stream.of(heads().stream(), wrongXml(), wrongHeaders(), wrongSigned())
        .flatMap(each -> each)
        .toList();
  }

  /** In the head of the request. */
  private List<byte[]> heads() {
    List<byte[]> heads = new ArrayList<>();
    String body = new String(query(), StandardCharsets.UTF_8);
    for (String line :
        List.of(
            "POST /query/" + NAME + " HTTP/1.1",
            "POST /query?" + NAME + "=" + CanaryChild.DIGITS + " HTTP/1.1",
            "GET /" + NAME + "/" + CanaryChild.DIGITS + "?wsdl HTTP/1.1",
            "GET /query?xsd=" + NAME + " HTTP/1.1",
            "GET https://" + NAME + ".example/query HTTP/1.1",
            NAME + " /query HTTP/1.1",
            "POST /query HTTP/" + CanaryChild.DIGITS,
            "POST /query/%C3" + NAME + "/..;/ HTTP/1.1",
            ALL)) {
      heads.add(request(line, "Content-Type: text/xml; charset=utf-8", body));
    }
    for (String header :
        List.of(
            "Content-Type: text/xml; charset=" + NAME,
            "Content-Type: application/" + NAME,
            "Content-Type: text/xml; charset=utf-8; boundary=\"" + ALL + "\"",
            "Content-Type: multipart/related; start=\"" + NAME + "\"; boundary=" + NAME,
            text("Content-Encoding: " + NAME),
            text("Transfer-Encoding: " + NAME),
            text("Expect: " + NAME),
            text("SOAPAction: \"urn:" + ALL + "\""),
            text("X-Patient: " + ALL),
            text(ALL + ": nothing"),
            text(NAME + ": " + ALL + "\r\n folded " + ALL),
            text("Authorization: Basic " + base64(ALL)),
            text("Cookie: child=" + NAME + "; nhs=" + CanaryChild.DIGITS),
            text("Forwarded: for=" + NAME),
            text("Content-Length: " + NAME),
            text("Content-Length: " + CanaryChild.DIGITS),
            text("Upgrade: " + NAME + "\r\nConnection: Upgrade"),
            text("Host: " + NAME))) {
      heads.add(request("POST /query HTTP/1.1", header, body));
    }
    return heads;
  }

  private static String text(String header) {
    return "Content-Type: text/xml; charset=utf-8\r\n" + header;
  }

  /** What is no message at all. */
  private Stream<byte[]> wrongXml() {
    return Stream.of(
            ALL,
            "<" + NAME + " xmlns='urn:" + NAME + "' " + NAME + "='" + ALL + "'>" + ALL,
            "<?xml version='1.0' encoding='" + NAME + "'?><a/>",
            "<?xml version='" + NAME + "'?><a/>",
            "<!DOCTYPE " + NAME + " SYSTEM 'http://127.0.0.1:1/" + NAME + "'><a/>",
            "<!DOCTYPE a [<!ENTITY c '" + ALL + "'>]><a>&c;</a>",
            "<a>&" + NAME + ";</a>",
            "<?" + NAME + " " + ALL + "?><a/>",
            "<!--" + ALL + "--><a " + NAME + "='1' " + NAME + "='2'/>",
            "<" + NAME + ":a/>",
            "<a></" + NAME + ">",
            "<a>" + ALL + "\u0001</a>",
            "<a xmlns='urn:" + ALL.repeat(3_000) + "'/>")
        .map(HostileCanaries::posted);
  }

  /** A signed message that was changed on its way. */
  private Stream<byte[]> wrongHeaders() {
    return Stream.<UnaryOperator<String>>of(
            xml -> xml.replaceAll("(MessageID[^>]*>)[^<]+<", "$1urn:uuid:" + NAME + "<"),
            xml -> xml.replaceAll("(MessageID[^>]*>)[^<]+<", "$1" + ALL + "<"),
            xml -> xml.replaceAll("(:Action[^>]*>)[^<]+<", "$1urn:" + ALL + "<"),
            xml -> xml.replaceAll("(:To[^>]*>)[^<]+<", "$1https://" + NAME + "/<"),
            xml -> xml.replaceAll("(Created>)[^<]+<", "$1" + ALL + "<"),
            xml -> xml.replaceAll("(Expires>)[^<]+<", "$1" + CanaryChild.BORN + ALL + "<"),
            xml -> xml.replaceAll("(Created>)[^<]+<", "$1" + CanaryChild.DIGITS + "<"),
            xml -> xml.replaceAll("(BinarySecurityToken[^>]*>)[^<]+<", "$1" + base64(ALL) + "<"),
            xml -> xml.replaceAll("(BinarySecurityToken[^>]*>)[^<]+<", "$1" + ALL + "<"),
            xml -> xml.replaceAll("ValueType=\"[^\"]+\"", "ValueType=\"urn:" + NAME + "\""),
            xml -> xml.replaceAll("EncodingType=\"[^\"]+\"", "EncodingType=\"urn:" + ALL + "\""),
            xml -> xml.replaceAll("Algorithm=\"[^\"]+\"", "Algorithm=\"urn:" + ALL + "\""),
            xml -> xml.replaceAll("(<[a-z]*:?Reference URI=\")[^\"]+\"", "$1#" + NAME + "\""),
            xml -> xml.replaceAll("(<[a-z]*:?Reference URI=\")[^\"]+\"", "$1http://" + NAME + "\""),
            xml -> xml.replaceAll("(:Id=\")[^\"]+\"", "$1" + NAME + "\""),
            xml -> xml.replaceAll("(SignatureValue[^>]*>)[^<]+<", "$1" + base64(ALL) + "<"),
            xml -> xml.replaceAll("(DigestValue[^>]*>)[^<]+<", "$1" + ALL + "<"),
            xml ->
                xml.replaceAll(
                    "(<[a-z]*:?Header[^>]*>)", "$1<" + NAME + ">" + ALL + "</" + NAME + ">"),
            xml ->
                xml.replaceAll(
                    "(<([a-z]*:?)Header[^>]*>)",
                    "$1<c:" + NAME + " xmlns:c='urn:" + NAME + "' $2mustUnderstand='1'/>"),
            xml ->
                xml.replaceAll(
                    "(<([a-z]*:?)Security [^>]*>)", "$1<" + NAME + ">" + ALL + "</" + NAME + ">"),
            xml ->
                xml.replaceAll(
                    "(?s)<([a-z]*:)SecurityTokenReference.*</[a-z]*:SecurityTokenReference>",
                    "<$1SecurityTokenReference><X509Data xmlns='http://www.w3.org/2000/09/xmldsig#'>"
                        + "<X509IssuerSerial><X509IssuerName>CN="
                        + ALL
                        + "</X509IssuerName><X509SerialNumber>"
                        + CanaryChild.DIGITS
                        + "</X509SerialNumber></X509IssuerSerial></X509Data>"
                        + "</$1SecurityTokenReference>"),
            xml -> xml.replaceAll("http://schemas.xmlsoap.org/soap/envelope/", "urn:" + NAME),
            xml -> xml.replaceAll("(?s)(<[a-z]*:?Body.*</[a-z]*:?Body>)", "$1$1"),
            xml -> xml.replaceAll("(<[a-z]*:?Body) ", "$1 " + NAME + "='" + ALL + "' "),
            xml -> xml.replace(CanaryChild.DIGITS, "9990000018"))
        .map(change -> posted(change.apply(new String(query(), StandardCharsets.UTF_8))));
  }

  /** Messages that are signed as they should be, and say what they should not. */
  private Stream<byte[]> wrongSigned() {
    Stream<byte[]> bodies =
        Stream.<UnaryOperator<String>>of(
                xml -> xml.replaceAll("(<(?:\\w+:)?nhsNumber>)[^<]+<", "$1" + ALL + "<"),
                xml -> xml.replaceAll("(<(?:\\w+:)?nhsNumber>)[^<]+<", "$1" + NAME + "<"),
                xml -> xml.replaceAll("(<(?:\\w+:)?activityCode>)[^<]+<", "$1" + NAME + "<"),
                xml -> xml.replaceAll("(<(?:\\w+:)?careSetting>)[^<]+<", "$1" + ALL + "<"),
                xml -> xml.replaceAll("(<(?:\\w+:)?code>)[^<]+<", "$1" + NAME + "<"),
                xml -> xml.replaceAll("(<(?:\\w+:)?userId>)[^<]+<", "$1" + ALL.repeat(9) + "<"),
                xml -> xml.replaceAll("(<(?:\\w+:)?senderAsid>)[^<]+<", "$1" + NAME + "<"),
                xml ->
                    xml.replaceAll(
                        "(<(?:\\w+:)?senderAsid>)[^<]+<", "$100" + CanaryChild.DIGITS + "<"),
                xml -> xml.replaceAll("(</(?:\\w+:)?planQueryRequest>)", "<" + NAME + "/>$1"),
                xml -> xml.replaceAll("planQueryRequest", NAME),
                xml -> xml.replaceAll("urn:nhs-cpis:gateway:query:v1", "urn:" + NAME),
                xml ->
                    xml.replaceAll(
                        "(<(?:\\w+:)?nhsNumber)>",
                        "$1 xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='"
                            + NAME
                            + "'>"))
            .map(change -> signed(change, Interaction.QUERY.action(), address + "/query"));
    Stream<byte[]> addresses =
        Stream.of(
            signed(xml -> xml, "urn:" + NAME, address + "/query"),
            signed(xml -> xml, Interaction.QUERY.action(), "https://" + NAME + "/query"));
    return Stream.concat(bodies, addresses).map(HostileCanaries::posted);
  }

  private byte[] signed(UnaryOperator<String> change, String action, String to) {
    TestMessage message = message();
    String xml = change.apply(new String(message.bare(), StandardCharsets.UTF_8));
    return new MessageSigner(InstantSource.system(), LIFE)
        .sign(
            parsed(xml),
            MessageHeaders.request(AddressingVersion.V2005_08, action, message.id(), to),
            system.signingKeys());
  }

  private static Document parsed(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException(xml, e);
    }
  }

  private TestMessage message() {
    return TestMessage.of(
        Interaction.QUERY, Queries.of(system, CanaryChild.DIGITS), address + "/query");
  }

  private byte[] query() {
    return message().signed(system.signingKeys(), InstantSource.system());
  }

  private static byte[] posted(String body) {
    return posted(body.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] posted(byte[] body) {
    return request(
        "POST /query HTTP/1.1",
        "Content-Type: text/xml; charset=utf-8",
        new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] request(String line, String headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String host = headers.contains("Host:") ? "" : "Host: localhost\r\n";
    String length = headers.contains("Length:") ? "" : "Content-Length: " + bytes.length + "\r\n";
    return (line + "\r\n" + host + length + headers + "\r\nConnection: close\r\n\r\n" + body)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
