package uk.cpis.gateway.crash;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import uk.cpis.gateway.simulator.MailboxItem;
import uk.cpis.gateway.simulator.SimulatorFolder;

/**
 * What authorities saw, written down before they answer: each notification's id, a digest of its
 * content and what they answer. Safe to share between threads.
 */
public final class AuthorityLog {

  /** What stands for an answer when a notification was only collected. */
  public static final String COLLECTED = "COLLECTED";

  public static final String ACCEPTED = "ACCEPTED";

  private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

  /** One look at one notification. */
  public record Seen(
      Instant at,
      String authority,
      String notification,
      long number,
      String digest,
      String answer) {}

  private final AppendedFile file;

  public AuthorityLog(Path file) {
    this.file = new AppendedFile(file);
  }

  /** A notification was delivered, and this is what goes back. */
  public void delivered(SimulatorFolder.Message message) {
    Element payload = payload(parsed(message.request()));
    Element reply = payload(parsed(message.reply()));
    String answer = text(reply, "answer").toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    add(
        message.at(),
        message.party(),
        text(payload, "notificationId"),
        Long.parseLong(text(payload, "number")),
        digest(written(payload)),
        answer.isEmpty() ? "FAULT" : answer);
  }

  /** A notification was collected, or what was collected is accepted and the gateway knows. */
  public void mailbox(Instant at, String authority, MailboxItem item, String answer) {
    String content = item.number() + " " + item.owedAt() + " " + item.kind() + " " + item.text();
    add(at, authority, item.id().toString(), item.number(), digest(content), answer);
  }

  private void add(
      Instant at, String authority, String id, long number, String digest, String answer) {
    file.add(at, authority, id, number, digest, answer);
  }

  /** Everything that was seen, in its order; to be closed after use. */
  public static Stream<Seen> read(Path file) {
    return AppendedFile.lines(file)
        .map(
            line ->
                new Seen(
                    Instant.parse(line[0]),
                    line[1].intern(),
                    line[2],
                    Long.parseLong(line[3]),
                    line[4],
                    line[5].intern()));
  }

  /** The same. */
  public List<Seen> seen() {
    try (Stream<Seen> all = read(file.file())) {
      return all.toList();
    }
  }

  private static Document parsed(byte[] message) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(message));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("a message that was verified cannot be read", e);
    }
  }

  private static Element payload(Document envelope) {
    return (Element) envelope.getElementsByTagNameNS(SOAP, "Body").item(0).getFirstChild();
  }

  private static String text(Element element, String name) {
    var found = element.getElementsByTagNameNS("*", name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }

  private static String written(Element element) {
    try {
      StringWriter text = new StringWriter();
      Transformer writer = TransformerFactory.newInstance().newTransformer();
      writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      writer.transform(new DOMSource(element), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("a notification cannot be written", e);
    }
  }

  private static String digest(String content) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
