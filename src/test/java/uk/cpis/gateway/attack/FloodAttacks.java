package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.CERTIFICATE_UNKNOWN;
import static uk.cpis.gateway.security.RefusalCause.ENVELOPE;
import static uk.cpis.gateway.security.RefusalCause.NOT_WELL_FORMED;
import static uk.cpis.gateway.security.RefusalCause.SECURITY_HEADER;
import static uk.cpis.gateway.security.RefusalCause.TOO_COMPLEX;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Messages that cost more to read than to send. */
final class FloodAttacks extends Attacks {

  private static final int MUCH = 500_000;

  FloodAttacks() {
    super("xml-dos");
    depth();
    countsOfAll();
    long_();
    equalHashes();
    ofTheLargest();
    signedFloods();
  }

  private void depth() {
    for (int depth : List.of(40, 1_000, 20_000)) {
      altered(
          "depth " + depth,
          TOO_COMPLEX,
          xml -> inHeader(xml, "<a>".repeat(depth) + "</a>".repeat(depth)));
    }
    altered("depth without an end", TOO_COMPLEX, xml -> inHeader(xml, "<a>".repeat(30_000)));
    signed(
        "depth in the body",
        TOO_COMPLEX,
        xml -> xml.replace("</soap:Body>", "<a>".repeat(40) + "</a>".repeat(40) + "</soap:Body>"));
  }

  private void countsOfAll() {
    altered(
        "3,000 attributes",
        TOO_COMPLEX,
        xml -> inHeader(xml, "<a" + many(3_000, i -> " a" + i + "='1'") + "/>"));
    altered(
        "3,000 namespaces",
        TOO_COMPLEX,
        xml -> inHeader(xml, "<a" + many(3_000, i -> " xmlns:n" + i + "='urn:" + i + "'") + "/>"));
    altered("3,000 names", TOO_COMPLEX, xml -> inHeader(xml, many(3_000, i -> "<a" + i + "/>")));
    altered("20,000 children", TOO_COMPLEX, xml -> inHeader(xml, "<a/>".repeat(20_000)));
    altered("the same attribute twice", NOT_WELL_FORMED, xml -> inHeader(xml, "<a b='1' b='2'/>"));
    altered(
        "500 signatures",
        Expected.cause(SECURITY_HEADER, TOO_COMPLEX),
        xml ->
            xml.replace(
                "</wsse:Security>",
                "<ds:Signature xmlns:ds=\"" + Names.DS + "\"/>".repeat(500) + "</wsse:Security>"));
    altered(
        "400 tokens",
        SECURITY_HEADER,
        xml ->
            xml.replace(
                "</wsse:Security>",
                "<wsse:BinarySecurityToken/>".repeat(400) + "</wsse:Security>"));
    altered(
        "400 security headers",
        SECURITY_HEADER,
        xml -> inHeader(xml, "<wsse:Security/>".repeat(400)));
    altered(
        "400 bodies",
        Expected.cause(ENVELOPE),
        xml -> xml.replace("</soap:Envelope>", "<soap:Body/>".repeat(400) + "</soap:Envelope>"));
    altered(
        "400 headers nobody knows",
        Expected.harmless(),
        xml -> inHeader(xml, "<x:h xmlns:x=\"urn:x\"/>".repeat(400)));
  }

  private void long_() {
    String hundred = "x".repeat(100_000);
    altered("a long name", Expected.harmless(), xml -> inHeader(xml, "<" + hundred + "/>"));
    altered("a long attribute", TOO_COMPLEX, xml -> inHeader(xml, "<a b='" + hundred + "'/>"));
    altered(
        "a long namespace",
        Expected.cause(TOO_COMPLEX),
        xml -> inHeader(xml, "<a xmlns='" + hundred + "'/>"));
    altered(
        "a long prefix",
        Expected.harmless(),
        xml -> inHeader(xml, "<" + hundred + ":a xmlns:" + hundred + "='urn:x'/>"));
    altered("a long text", TOO_COMPLEX, xml -> inHeader(xml, "<a>" + hundred + "</a>"));
    altered("a long white space", TOO_COMPLEX, xml -> inHeader(xml, " ".repeat(100_000)));
    altered(
        "a long section", TOO_COMPLEX, xml -> inHeader(xml, "<a><![CDATA[" + hundred + "]]></a>"));
    altered(
        "many sections",
        TOO_COMPLEX,
        xml -> inHeader(xml, "<a>" + "<![CDATA[0123456789]]>".repeat(8_000) + "</a>"));
    altered(
        "many character references",
        Expected.harmless(),
        xml -> inHeader(xml, "<a>" + "&#65;".repeat(40_000) + "</a>"));
    altered("a long comment", Expected.harmless(), xml -> inHeader(xml, "<!--" + hundred + "-->"));
    altered("many comments", Expected.harmless(), xml -> inHeader(xml, "<!--x-->".repeat(20_000)));
    altered("a comment without an end", NOT_WELL_FORMED, xml -> inHeader(xml, "<!--" + hundred));
    altered(
        "a section without an end",
        Expected.cause(NOT_WELL_FORMED, TOO_COMPLEX),
        xml -> inHeader(xml, "<a><![CDATA[" + hundred));
    altered("a tag without an end", NOT_WELL_FORMED, xml -> inHeader(xml, "<" + hundred));
    altered(
        "a long declaration",
        Expected.harmless(),
        xml -> "<?xml version='1.0'" + " ".repeat(100_000) + "?>" + xml);
    altered(
        "long white space in a tag",
        Expected.harmless(),
        xml -> inHeader(xml, "<a" + " ".repeat(100_000) + "/>"));
    altered(
        "a number of many noughts",
        Expected.harmless(),
        xml -> inHeader(xml, "<a>&#" + "0".repeat(100_000) + "65;</a>"));
    altered(
        "long digits of a character",
        NOT_WELL_FORMED,
        xml -> inHeader(xml, "<a>&#" + "9".repeat(100_000) + ";</a>"));
    altered(
        "a long quoted URI in a reference",
        Expected.cause(uk.cpis.gateway.security.RefusalCause.REFERENCE, TOO_COMPLEX),
        xml -> xml.replaceFirst("URI=\"#Body\"", "URI=\"#" + "x".repeat(8_000) + "\""));
  }

  /** Names, ids, attributes, namespaces, values: all with one Java hash code. */
  private void equalHashes() {
    altered(
        "equal hashes of elements",
        TOO_COMPLEX,
        xml -> inHeader(xml, many(4_000, i -> "<" + equalHash(i) + "/>")));
    altered(
        "equal hashes of attributes",
        TOO_COMPLEX,
        xml -> inHeader(xml, "<a" + many(4_000, i -> " " + equalHash(i) + "='1'") + "/>"));
    altered(
        "equal hashes of prefixes",
        TOO_COMPLEX,
        xml ->
            inHeader(xml, "<a" + many(3_000, i -> " xmlns:" + equalHash(i) + "='urn:x'") + "/>"));
    altered(
        "equal hashes of ids",
        Expected.harmless(),
        xml -> inHeader(xml, many(4_000, i -> "<a Id='" + equalHash(i) + "'/>")));
    altered(
        "equal hashes of namespaces",
        TOO_COMPLEX,
        xml -> inHeader(xml, many(4_000, i -> "<a xmlns='" + equalHash(i) + "'/>")));
    altered(
        "equal hashes of serials",
        Expected.cause(CERTIFICATE_UNKNOWN, TOO_COMPLEX),
        xml ->
            xml.replaceFirst(
                "(?s)<wsse:Reference [^>]*>(</wsse:Reference>)?",
                "<wsse:KeyIdentifier ValueType=\""
                    + Names.THUMBPRINT
                    + "\">AaBB</wsse:KeyIdentifier>"));
  }

  /** Only submissions may be that large. */
  private void ofTheLargest() {
    only(Kind.UPDATE, Kind.DELETE, Kind.HOLDINGS, Kind.HISTORY);
    altered(
        "many equal hashes of elements",
        TOO_COMPLEX,
        xml -> inHeader(xml, many(9_000, i -> "<" + equalHash(i) + "/>")));
    altered(
        "many equal hashes of attributes",
        TOO_COMPLEX,
        xml -> inHeader(xml, "<a" + many(9_000, i -> " " + equalHash(i) + "='1'") + "/>"));
    altered(
        "many equal hashes of ids",
        Expected.cause(TOO_COMPLEX),
        xml -> inHeader(xml, many(9_000, i -> "<a Id='" + equalHash(i) + "'/>")));
    altered(
        "4,900 equal hashes of ids",
        Expected.harmless(),
        xml -> inHeader(xml, many(4_900, i -> "<a Id='" + equalHash(i) + "'/>")));
    altered(
        "many equal hashes of namespaces",
        TOO_COMPLEX,
        xml -> inHeader(xml, nested(many(4_000, i -> "<a xmlns='" + equalHash(i) + "'/>"), 9)));
    altered(
        "12,000 ids in groups",
        Expected.harmless(),
        xml ->
            inHeader(
                xml, groups(3, 4_000, (g, i) -> "<a Id='" + equalHash(g * 4_000 + i) + "'/>")));
    altered(
        "12,000 namespaces in groups",
        Expected.harmless(),
        xml ->
            inHeader(
                xml, groups(3, 4_000, (g, i) -> "<a xmlns='" + equalHash(g * 4_000 + i) + "'/>")));
    altered(
        "12,000 prefixed names in groups",
        TOO_COMPLEX,
        xml ->
            inHeader(
                xml,
                groups(3, 4_000, (g, i) -> "<a xmlns:" + equalHash(g * 4_000 + i) + "='urn:x'/>")));
    altered(
        "a name of half a megabyte",
        Expected.harmless(),
        xml -> inHeader(xml, "<" + "x".repeat(MUCH) + "/>"));
    altered(
        "a comment of half a megabyte",
        Expected.harmless(),
        xml -> inHeader(xml, "<!--" + "x".repeat(MUCH) + "-->"));
    altered(
        "comments of half a megabyte",
        Expected.harmless(),
        xml -> inHeader(xml, "<!---->".repeat(MUCH / 7)));
    altered(
        "texts of half a megabyte",
        Expected.harmless(),
        xml -> inHeader(xml, ("<a>" + "x".repeat(60_000) + "</a>").repeat(8)));
    altered(
        "texts and comments of half a megabyte",
        TOO_COMPLEX,
        xml -> inHeader(xml, "<a>" + "x<!---->".repeat(MUCH / 7) + "</a>"));
    altered(
        "character references of half a megabyte",
        TOO_COMPLEX,
        xml -> inHeader(xml, "<a>" + "&#x41;".repeat(MUCH / 6) + "</a>"));
    altered(
        "36,000 elements",
        Expected.harmless(),
        xml -> inHeader(xml, groups(12, 3_000, (g, i) -> "<a/>")));
    altered(
        "attributes of half a megabyte",
        Expected.harmless(),
        xml -> inHeader(xml, groups(1, 60, (g, i) -> "<a b='" + "x".repeat(8_000) + "'/>")));
    altered(
        "46 attributes of each of 4,000 elements",
        Expected.harmless(),
        xml ->
            inHeader(
                xml, groups(1, 1_500, (g, i) -> "<a" + many(46, n -> " b" + n + "='1'") + "/>")));
    ofAll();
  }

  /** What is signed is canonicalised, too: that must cost little. */
  private void signedFloods() {
    only(Kind.UPDATE, Kind.DELETE, Kind.HOLDINGS);
    signed(
        "36,000 elements in the signed body",
        Expected.code("CPG-701"),
        xml -> inBody(xml, groups(12, 3_000, (g, i) -> "<a/>")));
    signed(
        "4,000 elements with 40 attributes in the signed body",
        Expected.code("CPG-701"),
        xml ->
            inBody(
                xml, groups(1, 1_500, (g, i) -> "<a" + many(36, n -> " b" + n + "='1'") + "/>")));
    signed(
        "texts of half a megabyte in the signed body",
        Expected.cause(TOO_COMPLEX),
        xml -> inBody(xml, ("<a>" + "x".repeat(60_000) + "</a>").repeat(8)));
    add(
        "36,000 elements signed with a long prefix list",
        Expected.cause(uk.cpis.gateway.security.RefusalCause.SIGNATURE_FORM),
        (d, canary) -> Hostile.of(signedWith(d, 170)));
    add(
        "36,000 elements signed with a prefix list",
        Expected.code("CPG-701"),
        (d, canary) -> Hostile.of(signedWith(d, 40)));
    signed(
        "many namespaces in scope of many elements",
        Expected.code("CPG-701"),
        xml -> inBody(xml, inScope(groups(8, 3_000, (g, i) -> "<a/>"))));
    ofAll();
    signed(
        "400 elements in a signed header",
        Expected.harmless(),
        xml -> xml.replace("</soap:Header>", "<h>" + "<a/>".repeat(400) + "</h></soap:Header>"));
  }

  private static String signedWith(Draft draft, int prefixes) {
    String list = many(prefixes, i -> Integer.toString(i + 100, 36) + " ").strip();
    return draft
        .pen()
        .sign(
            inBody(draft.unsigned(), groups(12, 3_000, (g, i) -> "<a/>")),
            signature ->
                ReferenceAttacks.each(
                    signature,
                    "Transform",
                    r -> r.appendChild(ReferenceAttacks.prefixes(r, Names.C14N, list))));
  }

  private static String inBody(String xml, String content) {
    int end = xml.lastIndexOf("</", xml.lastIndexOf("</soap:Body>") - 1);
    return xml.substring(0, end) + content + xml.substring(end);
  }

  /** Twenty elements in each other, each of which declares twenty prefixes. */
  private static String inScope(String content) {
    StringBuilder opened = new StringBuilder();
    for (int depth = 0; depth < 20; depth++) {
      int level = depth;
      opened
          .append("<d")
          .append(many(20, i -> " xmlns:n" + level + "x" + i + "='urn:x'"))
          .append('>');
    }
    return opened + content + "</d>".repeat(20);
  }

  private interface InGroup {
    String of(int group, int number);
  }

  private static String groups(int groups, int each, InGroup element) {
    return many(groups, g -> "<g>" + many(each, i -> element.of(g, i)) + "</g>");
  }

  private static String nested(String content, int times) {
    return content.repeat(times);
  }

  private static String many(int count, IntFunction<String> each) {
    return IntStream.range(0, count).mapToObj(each).collect(Collectors.joining());
  }

  private static String equalHash(int number) {
    StringBuilder name = new StringBuilder("n");
    for (int bit = 0; bit < 15; bit++) {
      name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }
}
