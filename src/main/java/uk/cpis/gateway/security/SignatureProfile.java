package uk.cpis.gateway.security;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * The closed profile of signatures: which elements, algorithms, transforms and references there may
 * be. It is checked before the cryptographic library sees the signature, so nothing else of XML
 * Signature (other key forms, manifests, scripts, remote references) can be reached.
 */
record SignatureProfile(Element signature, Element keyInfo, Map<String, Element> references) {
  private static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
  private static final String XMLENC = "http://www.w3.org/2001/04/xmlenc#";
  private static final Set<String> SIGNATURES =
      Stream.of("rsa-sha256", "rsa-sha384", "rsa-sha512", "ecdsa-sha256", "ecdsa-sha384")
          .map(MORE::concat)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> DIGESTS =
      Set.of(XMLENC + "sha256", MORE + "sha384", XMLENC + "sha512");
  private static final Set<String> CANONICAL_FORMS =
      Set.of(Names.EXCLUSIVE_C14N, Names.EXCLUSIVE_C14N_WITH_COMMENTS);
  private static final int MOST_REFERENCES = 20;
  private static final int LONGEST_PREFIX_LIST = 512;

  /** Each costs at each element that is signed. */
  private static final int MOST_PREFIXES = 40;

  static SignatureProfile read(Envelope envelope, SecurityHeader security, Census census) {
    Element signature = security.signature();
    List<Element> parts = children(signature, "SignedInfo", "SignatureValue", "KeyInfo");
    base64(parts.get(1));
    List<Element> signedInfo = Elements.children(parts.get(0));
    form(Elements.hasElementsOnly(parts.get(0)), "text in the SignedInfo");
    form(signedInfo.size() >= 3, "no reference");
    form(signedInfo.size() <= 2 + MOST_REFERENCES, signedInfo.size() - 2 + " references");
    canonicalForm(named(signedInfo.get(0), "CanonicalizationMethod"));
    Element method = named(signedInfo.get(1), "SignatureMethod");
    allowed(SIGNATURES, method);
    form(Elements.children(method).isEmpty(), "parameters of the signature algorithm");
    Map<String, Element> references =
        new References(envelope, security, census).read(signedInfo.subList(2, signedInfo.size()));
    return new SignatureProfile(signature, parts.get(2), references);
  }

  /** Whether this very element, found by its position, is what a reference covers. */
  boolean covers(Element part) {
    return references.values().stream().anyMatch(covered -> covered == part);
  }

  /** What references may point to, and the form each must have. */
  private record References(Envelope envelope, SecurityHeader security, Census census) {

    Map<String, Element> read(List<Element> references) {
      Map<String, Element> targets = new LinkedHashMap<>();
      Set<Element> places = places();
      for (Element reference : references) {
        named(reference, "Reference");
        String uri = reference.getAttributeNS(null, "URI");
        Element target = target(uri, places);
        form(targets.put(uri, target) == null, "one reference twice");
        parts(reference);
      }
      return targets;
    }

    private Element target(String uri, Set<Element> places) {
      form(uri.length() > 1 && uri.startsWith("#"), "a reference to something else than an id");
      Element target =
          census
              .target(uri.substring(1))
              .orElseThrow(
                  () -> RefusalException.of(RefusalCause.REFERENCE, "one to no wsu:Id or Id"));
      RefusalException.unless(
          places.contains(target), RefusalCause.REFERENCE, "one to another element");
      return target;
    }

    /** By identity: the Body, the header blocks but Security, the Timestamp and the token. */
    private Set<Element> places() {
      Set<Element> places = Collections.newSetFromMap(new IdentityHashMap<>());
      places.addAll(Elements.children(envelope.header()));
      places.removeAll(Elements.children(envelope.header(), Names.WSSE, "Security"));
      places.add(envelope.body());
      places.add(security.timestamp());
      security.token().ifPresent(places::add);
      return places;
    }

    private static void parts(Element reference) {
      List<Element> parts = children(reference, "Transforms", "DigestMethod", "DigestValue");
      allowed(DIGESTS, parts.get(1));
      form(Elements.children(parts.get(1)).isEmpty(), "parameters of the digest algorithm");
      base64(parts.get(2));
      transforms(new ArrayList<>(Elements.children(parts.get(0))));
    }

    /**
     * Exclusive canonical form, and before it at most one enveloped-signature, which removes
     * nothing here: no part that may be signed contains the signature.
     */
    private static void transforms(List<Element> transforms) {
      transforms.forEach(transform -> named(transform, "Transform"));
      form(!transforms.isEmpty() && transforms.size() <= 2, transforms.size() + " transforms");
      canonicalForm(transforms.remove(transforms.size() - 1));
      for (Element transform : transforms) {
        allowed(Set.of(Names.ENVELOPED_SIGNATURE), transform);
        form(Elements.children(transform).isEmpty(), "parameters of a transform");
      }
    }
  }

  private static void canonicalForm(Element method) {
    allowed(CANONICAL_FORMS, method);
    List<Element> parameters = Elements.children(method);
    boolean prefixes =
        parameters.isEmpty()
            || (parameters.size() == 1
                && Elements.is(parameters.get(0), Names.EXCLUSIVE_C14N, "InclusiveNamespaces"));
    form(prefixes, "parameters of a canonical form");
    for (Element prefixList : parameters) {
      String list = prefixList.getAttributeNS(null, "PrefixList");
      form(list.length() <= LONGEST_PREFIX_LIST, "a long prefix list");
      form(list.split("\\s+").length <= MOST_PREFIXES, "a prefix list of many");
    }
  }

  /**
   * The library's decoder skips what is not base64, so that one signature would have many forms.
   */
  private static void base64(Element value) {
    String name = value.getLocalName();
    form(Elements.hasTextOnly(value), "elements in the " + name);
    RefusalException.unless(
        isBase64(Elements.text(value).replaceAll("[ \\t\\r\\n]", "")),
        RefusalCause.SIGNATURE_VALUE,
        "no base64 in the " + name);
  }

  /** In the one form that its bytes have. */
  private static boolean isBase64(String text) {
    try {
      return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)).equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void allowed(Set<String> algorithms, Element method) {
    String algorithm = method.getAttributeNS(null, "Algorithm");
    RefusalException.unless(
        algorithms.contains(algorithm), RefusalCause.ALGORITHM, Algorithms.describe(algorithm));
  }

  private static Element named(Element element, String name) {
    form(Elements.is(element, Names.DS, name), "no " + name + " where it belongs");
    return element;
  }

  private static List<Element> children(Element parent, String... names) {
    List<Element> children = Elements.children(parent);
    form(
        children.size() == names.length,
        "%d parts of %s, not %s"
            .formatted(children.size(), parent.getLocalName(), String.join(", ", names)));
    form(Elements.hasElementsOnly(parent), "text in the " + parent.getLocalName());
    for (int i = 0; i < names.length; i++) {
      named(children.get(i), names[i]);
    }
    return children;
  }

  private static void form(boolean holds, String found) {
    RefusalException.unless(holds, RefusalCause.SIGNATURE_FORM, found);
  }
}
