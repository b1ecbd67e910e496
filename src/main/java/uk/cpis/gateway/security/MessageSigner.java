package uk.cpis.gateway.security;

import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import uk.cpis.gateway.pki.KeyMaterial;

/**
 * Completes a bare envelope: WS-Addressing headers, Timestamp, token, and a signature over Body,
 * Timestamp and every one of these headers. The parts bear the same ids in every message, as old
 * toolkits do. Safe for threads; a document is one thread's.
 */
public final class MessageSigner {
  private static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  static {
    org.apache.xml.security.Init.init();
  }

  private final InstantSource clock;
  private final Duration life;
  private final SignatureEngine engine;

  public MessageSigner(InstantSource clock, Duration life) {
    this(clock, life, SignatureEngine.fastest());
  }

  MessageSigner(InstantSource clock, Duration life, SignatureEngine engine) {
    this.clock = clock;
    this.life = life;
    this.engine = engine;
  }

  /** Signs the envelope in place and gives its bytes in UTF-8. */
  public byte[] sign(Document envelope, MessageHeaders headers, KeyMaterial key) {
    Prefixes.everywhere(envelope);
    Outgoing message = new Outgoing(envelope);
    headers.relatesTo().ifPresent(id -> message.addressing(headers.version(), "RelatesTo", id));
    message.addressing(headers.version(), "To", headers.to());
    message.addressing(headers.version(), "MessageID", headers.messageId().urn());
    message.addressing(headers.version(), "Action", headers.action());
    Element security = message.security();
    timestamp(message, security);
    token(message, security, key);
    sign(message, security, key);
    return Canonical.serialised(envelope);
  }

  private void timestamp(Outgoing message, Element security) {
    Instant now = clock.instant();
    Element timestamp = message.child(security, Names.WSU, "wsu:Timestamp");
    message.child(timestamp, Names.WSU, "wsu:Created").setTextContent(MILLISECONDS.format(now));
    message
        .child(timestamp, Names.WSU, "wsu:Expires")
        .setTextContent(MILLISECONDS.format(now.plus(life)));
    message.part(timestamp);
  }

  private static void token(Outgoing message, Element security, KeyMaterial key) {
    Element token = message.child(security, Names.WSSE, "wsse:BinarySecurityToken");
    token.setAttributeNS(null, "EncodingType", Names.BASE64);
    token.setAttributeNS(null, "ValueType", Names.X509_V3);
    token.setAttributeNS(Names.WSU, "wsu:Id", Outgoing.TOKEN);
    try {
      token.setTextContent(Base64.getEncoder().encodeToString(key.certificate().getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate has an encoded form", e);
    }
  }

  private void sign(Outgoing message, Element security, KeyMaterial key) {
    try {
      XMLSignature signature =
          new XMLSignature(
              message.document(), "", algorithm(key), Names.EXCLUSIVE_C14N, engine.provider());
      security.appendChild(signature.getElement());
      signature.addResourceResolver(new PartResolver(message.parts()));
      for (String reference : message.parts().keySet()) {
        Transforms transforms = new Transforms(message.document());
        transforms.addTransform(Names.EXCLUSIVE_C14N);
        signature.addDocument(reference, transforms, SHA256);
      }
      keyReference(message, signature.getKeyInfo().getElement());
      signature.sign(engine.ready(key.privateKey()));
      onOneLine(signature.getElement());
    } catch (XMLSecurityException e) {
      throw new SigningException("cannot sign a message with " + key, e);
    }
  }

  /** Written with the carriage returns of MIME, which XML must escape and some toolkits keep. */
  private static void onOneLine(Element signature) {
    Element value = Elements.children(signature, Names.DS, "SignatureValue").get(0);
    value.setTextContent(value.getTextContent().replaceAll("\\s", ""));
  }

  private static void keyReference(Outgoing message, Element keyInfo) {
    Element reference = message.child(keyInfo, Names.WSSE, "wsse:SecurityTokenReference");
    Element direct = message.child(reference, Names.WSSE, "wsse:Reference");
    direct.setAttributeNS(null, "URI", "#" + Outgoing.TOKEN);
    direct.setAttributeNS(null, "ValueType", Names.X509_V3);
  }

  private static String algorithm(KeyMaterial key) {
    return key.privateKey().getAlgorithm().equals("EC")
        ? XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA256
        : XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256;
  }

  /** An envelope that is being completed; for one thread. */
  private static final class Outgoing {
    static final String TOKEN = "X509Token";

    private final Document document;
    private final Element header;
    private final Map<String, Element> parts = new LinkedHashMap<>();

    Outgoing(Document document) {
      this.document = document;
      Element envelope = document.getDocumentElement();
      declare(envelope, "wsu", Names.WSU);
      this.header = header(envelope);
      part(Elements.children(envelope, Names.SOAP, "Body").get(0));
    }

    Document document() {
      return document;
    }

    Map<String, Element> parts() {
      return parts;
    }

    /** In front of the header blocks there may be already. */
    void addressing(AddressingVersion version, String name, String value) {
      Element block = document.createElementNS(version.namespace(), "wsa:" + name);
      declare(block, "wsa", version.namespace());
      block.setTextContent(value);
      header.insertBefore(block, header.getFirstChild());
      part(block);
    }

    /**
     * Behind all other header blocks: where the last of them is signed, gSOAP counts the Body a
     * second time and then holds it for wrapped.
     */
    Element security() {
      Element security = document.createElementNS(Names.WSSE, "wsse:Security");
      declare(security, "wsse", Names.WSSE);
      String prefix = header.getPrefix();
      if (prefix == null) {
        prefix = "soap";
        declare(security, prefix, Names.SOAP);
      }
      security.setAttributeNS(Names.SOAP, prefix + ":mustUnderstand", "1");
      header.appendChild(security);
      return security;
    }

    Element child(Element parent, String namespace, String name) {
      Element child = document.createElementNS(namespace, name);
      parent.appendChild(child);
      return child;
    }

    /** Gives a part its id and has it signed. */
    void part(Element element) {
      String id = element.getLocalName();
      element.setAttributeNS(Names.WSU, "wsu:Id", id);
      parts.put("#" + id, element);
    }

    private Element header(Element envelope) {
      return Elements.children(envelope, Names.SOAP, "Header").stream()
          .findFirst()
          .orElseGet(
              () -> {
                String prefix = envelope.getPrefix() == null ? "" : envelope.getPrefix() + ":";
                Element made = document.createElementNS(Names.SOAP, prefix + "Header");
                envelope.insertBefore(made, envelope.getFirstChild());
                return made;
              });
    }

    private static void declare(Element element, String prefix, String namespace) {
      element.setAttributeNS(Names.XMLNS, "xmlns:" + prefix, namespace);
    }
  }
}
