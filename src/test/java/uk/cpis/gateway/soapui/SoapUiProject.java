package uk.cpis.gateway.soapui;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The committed SoapUI project, read as SoapUI reads it. */
record SoapUiProject(Element root) {

  static final String CONFIG = "http://eviware.com/soapui/config";
  static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

  /** Relative paths of the project start here: its resource root is its own folder. */
  static final Path FOLDER = Path.of("src", "test", "soapui");

  private static final Path FILE = FOLDER.resolve("cpis-soapui-project.xml");
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{#Project#([A-Za-z]+)}");

  /** What the mock echoes of the request that it answers. */
  private static final String ECHO = "${#MockResponse#Request#//*:notificationId}";

  /** What a step takes of the answer to the step before. */
  private static final String COLLECTED = "${collect#Response#//*:notificationId}";

  private static final String ANY_ID = "0f8d1a52-3c7e-3b1f-9c55-0a4d5b6c7d80";

  static SoapUiProject read() {
    return new SoapUiProject(parse(new InputSource(FILE.toUri().toString())).getDocumentElement());
  }

  List<Element> all(String name) {
    return elements(root.getElementsByTagNameNS(CONFIG, name)).toList();
  }

  List<Element> operations() {
    return all("operation").stream().filter(one -> one.hasAttribute("action")).toList();
  }

  /** The request of each test step. */
  List<Element> requests() {
    return all("request").stream().filter(one -> one.hasAttribute("sslKeystore")).toList();
  }

  List<Element> mockResponses() {
    return all("response").stream().filter(one -> one.hasAttribute("encoding")).toList();
  }

  /** The names of configured things of a kind, such as {@code outgoing}. */
  List<String> names(String kind) {
    return all(kind).stream().map(one -> text(one, "name")).toList();
  }

  /** The bare names of the key stores, by which everything else refers to them. */
  List<String> stores() {
    return sources().map(source -> source.getFileName().toString()).toList();
  }

  /** The key stores, as paths from the checkout. */
  Stream<Path> sources() {
    return all("crypto").stream().map(crypto -> FOLDER.resolve(text(crypto, "source")).normalize());
  }

  String expanded(String text) {
    Map<String, String> properties =
        all("property").stream()
            .collect(Collectors.toMap(one -> text(one, "name"), one -> text(one, "value")));
    String echoed = text.replace(ECHO, ANY_ID).replace(COLLECTED, ANY_ID);
    return PROPERTY
        .matcher(echoed)
        .replaceAll(found -> Matcher.quoteReplacement(properties.get(found.group(1))));
  }

  /** The single element inside the Body of a message of the project, properties filled in. */
  Element payload(String message) {
    Element envelope =
        parse(new InputSource(new StringReader(expanded(message)))).getDocumentElement();
    Element body =
        elements(envelope.getElementsByTagNameNS(SOAP, "Body")).findFirst().orElseThrow();
    return elements(body.getChildNodes()).findFirst().orElseThrow();
  }

  static Stream<Element> children(Element parent) {
    return elements(parent.getChildNodes());
  }

  static Element child(Element parent, String name) {
    return children(parent)
        .filter(one -> one.getLocalName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + parent.getNodeName()));
  }

  static String text(Element parent, String name) {
    return child(parent, name).getTextContent();
  }

  static Stream<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }

  static Document parse(InputSource source) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(source);
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new AssertionError("cannot read " + source.getSystemId(), e);
    }
  }
}
