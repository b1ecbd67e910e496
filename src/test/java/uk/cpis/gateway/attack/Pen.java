package uk.cpis.gateway.attack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.signature.XMLSignatureInput;
import org.apache.xml.security.signature.XMLSignatureNodeInput;
import org.apache.xml.security.transforms.Transforms;
import org.apache.xml.security.utils.resolver.ResourceResolverContext;
import org.apache.xml.security.utils.resolver.ResourceResolverSpi;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import uk.cpis.gateway.pki.KeyMaterial;

/**
 * Signs whatever it is given, as an attacker does who has a key of his own: any parts, algorithms
 * and key references, into the first Security header it finds.
 */
record Pen(
    Key key,
    X509Certificate certificate,
    String algorithm,
    String digest,
    String canonicalForm,
    List<String> transforms,
    List<String> references,
    String keyInfo) {

  static final List<String> ALL = List.of("Body", "Timestamp", "Action", "MessageID", "To");
  static final String BY_TOKEN =
      str("<wsse:Reference URI=\"#Token\" ValueType=\"" + Names.X509 + "X509v3\"/>");

  static {
    org.apache.xml.security.Init.init();
  }

  /** Signs as an honest client does. */
  static Pen of(KeyMaterial key) {
    boolean elliptic = key.privateKey().getAlgorithm().equals("EC");
    return new Pen(
        key.privateKey(),
        key.certificate(),
        Names.MORE + (elliptic ? "ecdsa-sha256" : "rsa-sha256"),
        Names.SHA256,
        Names.C14N,
        List.of(Names.C14N),
        ALL,
        BY_TOKEN);
  }

  /** A SecurityTokenReference around this. */
  static String str(String form) {
    return "<wsse:SecurityTokenReference xmlns:wsse=\""
        + Names.WSSE
        + "\" xmlns:ds=\""
        + Names.DS
        + "\">"
        + form
        + "</wsse:SecurityTokenReference>";
  }

  Pen with(Key otherKey, String otherAlgorithm) {
    return new Pen(
        otherKey,
        certificate,
        otherAlgorithm,
        digest,
        canonicalForm,
        transforms,
        references,
        keyInfo);
  }

  Pen algorithm(String other) {
    return with(key, other);
  }

  Pen digest(String other) {
    return new Pen(
        key, certificate, algorithm, other, canonicalForm, transforms, references, keyInfo);
  }

  Pen canonicalForm(String other) {
    return new Pen(key, certificate, algorithm, digest, other, transforms, references, keyInfo);
  }

  Pen transforms(String... others) {
    return new Pen(
        key, certificate, algorithm, digest, canonicalForm, List.of(others), references, keyInfo);
  }

  Pen references(List<String> others) {
    return new Pen(key, certificate, algorithm, digest, canonicalForm, transforms, others, keyInfo);
  }

  Pen keyInfo(String other) {
    return new Pen(
        key, certificate, algorithm, digest, canonicalForm, transforms, references, other);
  }

  String sign(String xml) {
    return sign(xml, signature -> {});
  }

  /** The same, the signature being changed by this before it is made. */
  String sign(String xml, Consumer<Element> change) {
    try {
      Document document = parse(xml);
      Element security = (Element) document.getElementsByTagNameNS(Names.WSSE, "Security").item(0);
      XMLSignature signature = new XMLSignature(document, "", algorithm, canonicalForm);
      security.appendChild(signature.getElement());
      signature.addResourceResolver(new AnyId(document));
      for (String reference : references) {
        Transforms steps = new Transforms(document);
        for (String transform : transforms) {
          steps.addTransform(transform);
        }
        signature.addDocument(reference.isEmpty() ? "" : "#" + reference, steps, digest);
      }
      if (!keyInfo.isEmpty()) {
        Element info = signature.getKeyInfo().getElement();
        Element written = parse("<k>" + keyInfo + "</k>").getDocumentElement();
        for (Node each = written.getFirstChild(); each != null; each = each.getNextSibling()) {
          info.appendChild(document.importNode(each, true));
        }
      }
      change.accept(signature.getElement());
      signature.sign(key);
      return text(document);
    } catch (XMLSecurityException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }

  private static String text(Document document) throws XMLSecurityException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_PHYSICAL)
        .canonicalizeSubtree(document, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Document parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (Exception e) {
      throw new IllegalStateException("a draft that is no XML", e);
    }
  }

  /** Resolves any kind of id, the first element that bears it. */
  private static final class AnyId extends ResourceResolverSpi {
    private final Map<String, Element> elements = new HashMap<>();

    AnyId(Document document) {
      elements.put("", document.getDocumentElement());
      walk(document.getDocumentElement());
    }

    private void walk(Element element) {
      for (String id :
          List.of(
              element.getAttributeNS(Names.WSU, "Id"),
              element.getAttribute("Id"),
              element.getAttribute("ID"))) {
        elements.putIfAbsent("#" + id, element);
      }
      for (Node each = element.getFirstChild(); each != null; each = each.getNextSibling()) {
        if (each instanceof Element child) {
          walk(child);
        }
      }
    }

    @Override
    public boolean engineCanResolveURI(ResourceResolverContext context) {
      return true;
    }

    @Override
    public XMLSignatureInput engineResolveURI(ResourceResolverContext context) {
      XMLSignatureInput input = new XMLSignatureNodeInput(elements.get(context.uriToResolve));
      input.setExcludeComments(true);
      return input;
    }
  }
}
