package uk.cpis.gateway.testing;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.security.AddressingVersion;
import uk.cpis.gateway.security.MessageHeaders;
import uk.cpis.gateway.security.MessageSigner;

/** A request as a client makes it: an instance of the contract's class and its addressing. */
public record TestMessage(
    Interaction interaction, Object body, AddressingVersion version, MessageId id, String to) {

  private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
  private static final Duration LIFE = Duration.ofMinutes(5);

  /** A new message to this address. */
  public static TestMessage of(Interaction interaction, Object body, String to) {
    return new TestMessage(
        interaction, body, AddressingVersion.V2005_08, new MessageId(UUID.randomUUID()), to);
  }

  public TestMessage in(AddressingVersion other) {
    return new TestMessage(interaction, body, other, id, to);
  }

  public TestMessage withId(MessageId other) {
    return new TestMessage(interaction, body, version, other, to);
  }

  public TestMessage to(String other) {
    return new TestMessage(interaction, body, version, id, other);
  }

  /** The envelope with its body and no header yet. */
  public Document envelope() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      Document document = factory.newDocumentBuilder().newDocument();
      Element envelope = document.createElementNS(SOAP, "soap:Envelope");
      envelope.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:soap", SOAP);
      document.appendChild(envelope);
      Element content = document.createElementNS(SOAP, "soap:Body");
      envelope.appendChild(content);
      JAXBContext.newInstance(body.getClass()).createMarshaller().marshal(body, content);
      return document;
    } catch (ParserConfigurationException | JAXBException e) {
      throw new IllegalStateException("a test message cannot be made", e);
    }
  }

  /** The bytes on the wire, signed with this key at this time. */
  public byte[] signed(KeyMaterial key, InstantSource clock) {
    return new MessageSigner(clock, LIFE)
        .sign(envelope(), MessageHeaders.request(version, interaction.action(), id, to), key);
  }

  /** The bytes on the wire without any header. */
  public byte[] bare() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      TransformerFactory.newInstance()
          .newTransformer()
          .transform(new DOMSource(envelope()), new StreamResult(bytes));
    } catch (TransformerException e) {
      throw new IllegalStateException("a test message cannot be written", e);
    }
    return bytes.toByteArray();
  }
}
