package uk.cpis.gateway.security;

import java.io.ByteArrayInputStream;
import java.security.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.apache.xml.security.utils.resolver.ResourceResolverContext;
import org.apache.xml.security.utils.resolver.ResourceResolverSpi;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Signs as other toolkits and attackers do: any parts, algorithms and key references, into the
 * first Security header of whatever it is given.
 */
record HandSigner(
    Key key,
    String algorithm,
    String digest,
    String canonicalForm,
    List<String> transforms,
    List<String> references,
    String keyInfo) {
  static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
  static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
  static final List<String> ALL = List.of("Body", "Timestamp", "Action", "MessageID", "To");

  static {
    org.apache.xml.security.Init.init();
  }

  /** RSA-SHA256 over all parts that are required, the token named by its id. */
  static HandSigner usual() {
    return new HandSigner(
        Messages.rsa().privateKey(),
        MORE + "rsa-sha256",
        SHA256,
        Names.EXCLUSIVE_C14N,
        List.of(Names.EXCLUSIVE_C14N),
        ALL,
        HandMade.reference("<wsse:Reference URI='#Token' ValueType='" + Names.X509_V3 + "'/>"));
  }

  HandSigner with(Key otherKey, String otherAlgorithm) {
    return new HandSigner(
        otherKey, otherAlgorithm, digest, canonicalForm, transforms, references, keyInfo);
  }

  HandSigner digest(String other) {
    return new HandSigner(key, algorithm, other, canonicalForm, transforms, references, keyInfo);
  }

  HandSigner canonicalForm(String other) {
    return new HandSigner(key, algorithm, digest, other, transforms, references, keyInfo);
  }

  HandSigner transforms(String... others) {
    return new HandSigner(
        key, algorithm, digest, canonicalForm, List.of(others), references, keyInfo);
  }

  HandSigner references(String... others) {
    return references(List.of(others));
  }

  HandSigner references(List<String> others) {
    return new HandSigner(key, algorithm, digest, canonicalForm, transforms, others, keyInfo);
  }

  HandSigner keyInfo(String other) {
    return new HandSigner(key, algorithm, digest, canonicalForm, transforms, references, other);
  }

  String sign(String xml) {
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
        signature.addDocument("#" + reference, steps, digest);
      }
      Element info = signature.getKeyInfo().getElement();
      info.appendChild(document.importNode(parse(keyInfo).getDocumentElement(), true));
      signature.sign(key);
      return Messages.text(Canonical.serialised(document));
    } catch (org.apache.xml.security.exceptions.XMLSecurityException e) {
      throw new IllegalStateException("cannot sign by hand", e);
    }
  }

  static Document parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(Messages.bytes(xml)));
    } catch (Exception e) {
      throw new IllegalStateException("cannot parse " + xml, e);
    }
  }

  /** Resolves any kind of id, the first element that bears it. */
  private static final class AnyId extends ResourceResolverSpi {
    private final Map<String, Element> elements = new HashMap<>();

    AnyId(Document document) {
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
      Elements.children(element).forEach(this::walk);
    }

    @Override
    public boolean engineCanResolveURI(ResourceResolverContext context) {
      return true;
    }

    @Override
    public org.apache.xml.security.signature.XMLSignatureInput engineResolveURI(
        ResourceResolverContext context) {
      var input =
          new org.apache.xml.security.signature.XMLSignatureNodeInput(
              elements.get(context.uriToResolve));
      input.setExcludeComments(true);
      return input;
    }
  }
}
