package uk.cpis.gateway.faults;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * A notification as it came over the wire: its message id as sent, the notification's own id, and
 * all that it says, as text.
 */
public record NotifiedMessage(String messageId, String notification, String content) {

  private static final Pattern ID = Pattern.compile("notificationId>([^<]+)<");

  /** Reads it, whatever its signature says. */
  public static NotifiedMessage read(byte[] message) throws IOException {
    Document document = parsed(message);
    Element body = element(document, "http://schemas.xmlsoap.org/soap/envelope/", "Body");
    String content = text((Element) body.getFirstChild());
    Matcher id = ID.matcher(content);
    if (!id.find()) {
      throw new IOException("no notification");
    }
    return new NotifiedMessage(
        element(document, "http://www.w3.org/2005/08/addressing", "MessageID").getTextContent(),
        id.group(1),
        content);
  }

  private static Element element(Document document, String namespace, String name) {
    return (Element) document.getElementsByTagNameNS(namespace, name).item(0);
  }

  private static Document parsed(byte[] message) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(message));
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
  }

  private static String text(Element payload) throws IOException {
    StringWriter text = new StringWriter();
    try {
      TransformerFactory.newInstance()
          .newTransformer()
          .transform(new DOMSource(payload), new StreamResult(text));
    } catch (TransformerException e) {
      throw new IOException(e);
    }
    return text.toString();
  }
}
