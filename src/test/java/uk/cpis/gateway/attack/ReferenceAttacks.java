package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.ALGORITHM;
import static uk.cpis.gateway.security.RefusalCause.REFERENCE;
import static uk.cpis.gateway.security.RefusalCause.SIGNATURE_FORM;
import static uk.cpis.gateway.security.RefusalCause.TOO_COMPLEX;
import static uk.cpis.gateway.security.RefusalCause.TOO_LARGE;

import java.util.List;
import java.util.function.Consumer;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** References and transforms that make the verifier fetch, run or work. */
final class ReferenceAttacks extends Attacks {

  private static final String STEP =
      "<ds:Transform Algorithm=\"" + Names.C14N + "\"></ds:Transform>";

  ReferenceAttacks() {
    super("reference-dereference");
    fetching();
    oddNames();
    transforms();
    signedOddities();
    many();
  }

  private void fetching() {
    for (String scheme : List.of("http", "https", "ftp", "ldap", "rmi", "gopher", "netdoc")) {
      add(
          "reference to " + scheme,
          Expected.cause(SIGNATURE_FORM),
          (draft, canary) -> Hostile.of(retargeted(draft.signed(), canary.url(scheme))));
    }
    for (String uri :
        List.of(
            "file:///etc/passwd",
            "jar:file:/tmp/x.jar!/y",
            "cid:body",
            "urn:x",
            "mailto:x",
            "//127.0.0.1/x",
            "/etc/passwd",
            "Body",
            "data:text/xml,x")) {
      altered("reference to " + uri, SIGNATURE_FORM, xml -> retargeted(xml, uri));
    }
    add(
        "jar of a jar of the canary's",
        Expected.cause(SIGNATURE_FORM),
        (draft, canary) ->
            Hostile.of(retargeted(draft.signed(), "jar:" + canary.url("http") + "!/x")));
    add(
        "manifest with a reference to the canary",
        Expected.cause(SIGNATURE_FORM),
        (draft, canary) ->
            Hostile.of(
                draft
                    .signed()
                    .replace(
                        "</ds:Signature>",
                        "<ds:Object><ds:Manifest Id=\"Manifest\"><ds:Reference URI=\""
                            + canary.url("http")
                            + "\"/></ds:Manifest></ds:Object></ds:Signature>")));
    add(
        "retrieval method to the canary",
        Expected.cause(uk.cpis.gateway.security.RefusalCause.KEY_REFERENCE),
        (draft, canary) ->
            Hostile.of(
                draft
                    .pen(
                        draft
                            .pen()
                            .keyInfo(
                                "<ds:RetrievalMethod xmlns:ds=\""
                                    + Names.DS
                                    + "\" URI=\""
                                    + canary.url("http")
                                    + "\"/>"))
                    .signed()));
  }

  private void oddNames() {
    for (String uri : List.of("", "#")) {
      altered("reference to '" + uri + "'", SIGNATURE_FORM, xml -> retargeted(xml, uri));
    }
    for (String uri :
        List.of(
            "##Body",
            "# Body",
            "#Body ",
            "#%42ody",
            "#body",
            "#Body#To",
            "#xpointer(/)",
            "#xpointer(id('Body'))",
            "#xpointer(id(&quot;Body&quot;))",
            "#element(/1/2)",
            "#Nothing")) {
      altered("reference to " + uri, REFERENCE, xml -> retargeted(xml, uri));
    }
    altered(
        "reference without an address",
        SIGNATURE_FORM,
        xml -> xml.replaceFirst(" URI=\"#Body\"", ""));
    altered(
        "reference with its address in a namespace",
        SIGNATURE_FORM,
        xml -> xml.replaceFirst(" URI=\"#Body\"", " ds:URI=\"#Body\""));
    altered(
        "the same reference twice",
        SIGNATURE_FORM,
        xml -> {
          String first = cut(xml, "<ds:Reference", "</ds:Reference>");
          return xml.replace(first, first + first);
        });
  }

  private static String retargeted(String xml, String uri) {
    return xml.replaceFirst("URI=\"#Body\"", "URI=\"" + uri + "\"");
  }

  private void transform(String name, String algorithm, String content) {
    altered(
        "transform " + name,
        ALGORITHM,
        xml ->
            xml.replaceFirst(
                STEP,
                "<ds:Transform Algorithm=\""
                    + algorithm
                    + "\">"
                    + content
                    + "</ds:Transform>"
                    + STEP));
  }

  private void transforms() {
    String xsl =
        "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\" %s>"
            + "<xsl:template match=\"/\"><xsl:value-of select=\"%s\"/></xsl:template>"
            + "</xsl:stylesheet>";
    transform(
        "XSLT that calls Java",
        Names.XSLT,
        xsl.formatted(
            "xmlns:rt=\"http://xml.apache.org/xalan/java/java.lang.Runtime\"",
            "rt:exec(rt:getRuntime(),'true')"));
    transform("XSLT that reads a file", Names.XSLT, xsl.formatted("", "document('/etc/passwd')"));
    add(
        "transform XSLT that fetches",
        Expected.cause(ALGORITHM),
        (draft, canary) ->
            Hostile.of(
                draft
                    .signed()
                    .replaceFirst(
                        STEP,
                        "<ds:Transform Algorithm=\""
                            + Names.XSLT
                            + "\">"
                            + xsl.formatted("", "document('" + canary.url("http") + "')")
                            + "</ds:Transform>"
                            + STEP)));
    transform("XPath", Names.XPATH, "<ds:XPath>count(//.//.//.//.) &gt; 0</ds:XPath>");
    transform(
        "XPath filter 2",
        Names.FILTER,
        "<f:XPath xmlns:f=\"" + Names.FILTER + "\" Filter=\"subtract\">//*</f:XPath>");
    transform("base64", Names.DS + "base64", "");
    transform("of the token reference", Names.STR_TRANSFORM, "");
    transform("decryption", "http://www.w3.org/2002/07/decrypt#XML", "");
    transform("inclusive canonical form", Names.INCLUSIVE, "");
    transform("exclusive canonical form twice", Names.C14N, "");
    transform("unknown", "urn:hostile-marker", "");
    transform("without a name", "", "");
    altered(
        "enveloped signature last",
        ALGORITHM,
        xml ->
            xml.replaceFirst(
                STEP, STEP + "<ds:Transform Algorithm=\"" + Names.DS + "enveloped-signature\"/>"));
    altered(
        "enveloped signature twice",
        SIGNATURE_FORM,
        xml ->
            xml.replaceFirst(
                STEP,
                ("<ds:Transform Algorithm=\"" + Names.DS + "enveloped-signature\"/>").repeat(2)
                    + STEP));
    altered("no transform", SIGNATURE_FORM, xml -> xml.replaceFirst(STEP, ""));
    altered(
        "no transforms at all",
        SIGNATURE_FORM,
        xml -> xml.replaceFirst("(?s)<ds:Transforms>.*?</ds:Transforms>", ""));
    altered(
        "canonical form with an XPath in it",
        SIGNATURE_FORM,
        xml -> xml.replaceFirst(STEP, STEP.replace("></", "><ds:XPath>1</ds:XPath></")));
    altered(
        "canonical form with two prefix lists",
        SIGNATURE_FORM,
        xml -> xml.replaceFirst(STEP, STEP.replace("></", ">" + prefixes("a").repeat(2) + "</")));
    altered(
        "canonical form with a long prefix list",
        SIGNATURE_FORM,
        xml ->
            xml.replaceFirst(STEP, STEP.replace("></", ">" + prefixes("a ".repeat(2000)) + "</")));
  }

  /** The signature covers them; they must still lead nowhere. */
  private void signedOddities() {
    signing(
        "references said to be manifests",
        Expected.harmless(),
        signature ->
            each(signature, "Reference", r -> r.setAttribute("Type", Names.DS + "Manifest")));
    signing(
        "references said to be objects",
        Expected.harmless(),
        signature ->
            each(signature, "Reference", r -> r.setAttribute("Type", Names.DS + "Object")));
    signing(
        "text between the references",
        Expected.cause(SIGNATURE_FORM),
        signature ->
            each(signature, "Reference", r -> r.getParentNode().insertBefore(text(r, "x"), r)));
    signing(
        "text between the parts of a reference",
        Expected.cause(SIGNATURE_FORM),
        signature ->
            each(signature, "DigestMethod", r -> r.getParentNode().insertBefore(text(r, "x"), r)));
    signing(
        "prefix list of another namespace",
        Expected.cause(SIGNATURE_FORM),
        signature ->
            each(signature, "Transform", r -> r.appendChild(prefixes(r, "urn:x", "soap"))));
    signing(
        "prefix list of prefixes nobody declares",
        Expected.harmless(),
        signature ->
            each(
                signature,
                "Transform",
                r -> r.appendChild(prefixes(r, Names.C14N, "a b #default xml xmlns"))));
    signing(
        "prefix list that is empty",
        Expected.harmless(),
        signature -> each(signature, "Transform", r -> r.appendChild(prefixes(r, Names.C14N, ""))));
    signing(
        "element of another namespace among the references",
        Expected.cause(SIGNATURE_FORM),
        signature -> each(signature, "SignedInfo", r -> r.appendChild(prefixes(r, "urn:x", ""))));
  }

  static void each(Element signature, String name, Consumer<Element> change) {
    NodeList found = signature.getElementsByTagNameNS(Names.DS, name);
    if (signature.getLocalName().equals(name)) {
      change.accept(signature);
    }
    for (int i = 0; i < found.getLength(); i++) {
      change.accept((Element) found.item(i));
    }
  }

  private static Node text(Element of, String text) {
    return of.getOwnerDocument().createTextNode(text);
  }

  static Element prefixes(Element of, String namespace, String list) {
    Element prefixes = of.getOwnerDocument().createElementNS(namespace, "ec:InclusiveNamespaces");
    prefixes.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:ec", namespace);
    prefixes.setAttribute("PrefixList", list);
    return prefixes;
  }

  private static String prefixes(String list) {
    return "<e:InclusiveNamespaces xmlns:e=\"" + Names.C14N + "\" PrefixList=\"" + list + "\"/>";
  }

  private void many() {
    for (int count : List.of(6, 500, 2_000)) {
      altered(
          count + " transforms",
          Expected.cause(SIGNATURE_FORM, TOO_COMPLEX, TOO_LARGE),
          xml -> xml.replaceFirst(STEP, STEP.repeat(count)));
    }
    for (int count : List.of(21, 400)) {
      altered(
          count + " references",
          Expected.cause(SIGNATURE_FORM, TOO_COMPLEX),
          xml -> {
            String first = cut(xml, "<ds:Reference", "</ds:Reference>");
            return xml.replace(first, first.repeat(count));
          });
    }
    only(Kind.UPDATE, Kind.DELETE, Kind.HOLDINGS);
    altered(
        "2000 references",
        Expected.cause(SIGNATURE_FORM, TOO_COMPLEX),
        xml -> {
          String first = cut(xml, "<ds:Reference", "</ds:Reference>");
          return xml.replace(first, first.repeat(2_000));
        });
    ofAll();
  }
}
