package uk.cpis.gateway.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static uk.cpis.gateway.security.RefusalCause.ADDRESSING;
import static uk.cpis.gateway.security.RefusalCause.ENCODING;
import static uk.cpis.gateway.security.RefusalCause.ENVELOPE;
import static uk.cpis.gateway.security.RefusalCause.NOT_WELL_FORMED;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Encodings that are not allowed, not true or not whole. */
final class EncodingAttacks extends Attacks {

  private static final String TYPE = "text/xml";
  private static final List<String> NOBODY_KNOWS =
      List.of("utf-7", "x-hostile-marker", "utf-8,utf-16");

  EncodingAttacks() {
    super("encoding");
    declared();
    declaredFarAway();
    stated();
    otherBytes();
    notCharacters();
    brokenOff();
  }

  private void declared() {
    for (String name :
        List.of(
            "UTF-7",
            "UTF-32",
            "IBM037",
            "Shift_JIS",
            "GB18030",
            "windows-1252",
            "US-ASCII",
            "x-hostile-marker",
            "UTF-16")) {
      altered(
          "declared " + name,
          ENCODING,
          xml -> "<?xml version='1.0' encoding='" + name + "'?>" + xml);
    }
    for (String declaration :
        List.of(
            "<?xml version='1.1'?>",
            "<?xml version='2.0'?>",
            "<?xml encoding='UTF-8'?>",
            "<?xml version='1.0' standalone='maybe'?>",
            "<?xml version='1.0' encoding=''?>",
            "<?xml?>",
            " <?xml version='1.0'?>",
            "<?xml version='1.0'?><?xml version='1.0'?>",
            "<?XML version='1.0'?>")) {
      altered(
          "declaration " + declaration,
          Expected.cause(
              NOT_WELL_FORMED, uk.cpis.gateway.security.RefusalCause.PROCESSING_INSTRUCTION),
          xml -> declaration + xml);
    }
  }

  /** Where a reader that looks at the first bytes only does not find it. */
  private void declaredFarAway() {
    for (String name : List.of("UTF-7", "UTF-16", "IBM037", "windows-1252", "ISO-8859-1")) {
      altered(
          "declared " + name + " after much white space",
          ENCODING,
          xml -> "<?xml version='1.0'" + " ".repeat(300) + "encoding='" + name + "'?>" + xml);
    }
  }

  private void stated() {
    for (String charset :
        List.of(
            "utf-7",
            "utf-16",
            "utf-32",
            "ibm037",
            "iso-8859-15",
            "x-hostile-marker",
            "utf-8,utf-16")) {
      add(
          "header says " + charset,
          NOBODY_KNOWS.contains(charset) ? Expected.http(415) : Expected.cause(ENCODING),
          (d, canary) -> Hostile.of(d.signed(), UTF_8, TYPE + "; charset=" + charset));
    }
    add(
        "header says ISO-8859-1, declaration UTF-8",
        Expected.cause(ENCODING),
        (d, canary) ->
            Hostile.of(
                "<?xml version='1.0' encoding='UTF-8'?>" + d.signed(),
                UTF_8,
                TYPE + "; charset=iso-8859-1"));
    add(
        "two charsets in the header",
        Expected.http(415),
        (d, canary) -> Hostile.of(d.signed(), UTF_8, TYPE + "; charset=utf-8; charset=utf-16"));
  }

  private void otherBytes() {
    for (String name : List.of("UTF-32BE", "UTF-32LE", "IBM037", "UTF-16BE", "UTF-16LE")) {
      add(
          "bytes in " + name + ", header says UTF-8",
          Expected.cause(ENCODING, NOT_WELL_FORMED),
          (d, canary) -> Hostile.of(d.signed(), Charset.forName(name), TYPE + "; charset=utf-8"));
    }
    for (String name : List.of("UTF-32BE", "UTF-32LE", "IBM037")) {
      add(
          "bytes in " + name,
          Expected.cause(ENCODING, NOT_WELL_FORMED),
          (d, canary) -> Hostile.of(d.signed(), Charset.forName(name), TYPE));
    }
    bytes("order mark of UTF-16, bytes of UTF-8", TYPE, xml -> join(new byte[] {-2, -1}, xml));
    bytes("order mark of UTF-8 twice", TYPE, xml -> join(mark(), join(mark(), xml)));
    bytes(
        "order mark of UTF-32",
        TYPE,
        xml -> join(new byte[] {0, 0, -2, -1}, text(xml).getBytes(Charset.forName("UTF-32BE"))));
    bytes(
        "UTF-16 with an odd byte",
        TYPE + "; charset=utf-16",
        xml -> join(text(xml).getBytes(UTF_16), new byte[1]));
    bytes("half a pair in UTF-16", TYPE + "; charset=utf-16", xml -> half(xml, true));
    bytes(
        "half a pair in UTF-16, the other end first",
        TYPE + "; charset=utf-16",
        xml -> half(xml, false));
    bytes("Latin letters in UTF-8", TYPE, xml -> inText(xml, "\u00d3").getBytes(ISO_8859_1));
    for (String hex :
        List.of(
            "C080",
            "C0BC",
            "E080BC",
            "F08080BC",
            "EDA080",
            "EDA080EDB080",
            "FE",
            "FF",
            "80",
            "C2",
            "F4908080",
            "F8888080AF")) {
      bytes("bytes " + hex, TYPE + "; charset=utf-8", xml -> withBytes(xml, hex));
    }
  }

  private void bytes(String name, String type, UnaryOperator<byte[]> change) {
    add(
        name,
        Expected.cause(ENCODING, NOT_WELL_FORMED),
        (d, canary) -> Hostile.of(change.apply(d.signed().getBytes(UTF_8)), type));
  }

  private static byte[] mark() {
    return new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  }

  private static String text(byte[] xml) {
    return new String(xml, UTF_8);
  }

  private static String inText(byte[] xml, String text) {
    return inHeader(text(xml), "<a>" + text + "</a>");
  }

  private static byte[] half(byte[] xml, boolean bigFirst) {
    Charset charset = bigFirst ? UTF_16BE : UTF_16LE;
    byte[] bytes = inText(xml, "\u2603").getBytes(charset);
    byte[] whole = join(bigFirst ? new byte[] {-2, -1} : new byte[] {-1, -2}, bytes);
    for (int i = 2; i < whole.length; i += 2) {
      int high = bigFirst ? i : i + 1;
      int low = bigFirst ? i + 1 : i;
      if (whole[high] == 0x26 && whole[low] == 0x03) {
        whole[high] = (byte) 0xD8;
        whole[low] = 0;
      }
    }
    return whole;
  }

  private static byte[] withBytes(byte[] xml, String hex) {
    String marked = inText(xml, "\u0002");
    byte[] bytes = marked.getBytes(UTF_8);
    int at = 0;
    while (bytes[at] != 2) {
      at++;
    }
    byte[] put = java.util.HexFormat.of().parseHex(hex);
    return join(
        join(Arrays.copyOf(bytes, at), put), Arrays.copyOfRange(bytes, at + 1, bytes.length));
  }

  private static byte[] join(byte[] one, byte[] other) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(one);
    both.writeBytes(other);
    return both.toByteArray();
  }

  private void notCharacters() {
    for (String text :
        List.of(
            "\u0000",
            "\u0001",
            "\u001F",
            "\uFFFE",
            "\uFFFF",
            "&#0;",
            "&#1;",
            "&#x1F;",
            "&#xFFFE;",
            "&#xFFFF;",
            "&#xD800;",
            "&#x110000;",
            "&#-1;",
            "&#x;",
            "&#;",
            "&;",
            "&",
            "]]>",
            "<a b=<>")) {
      altered(
          "characters " + text.codePoints().mapToObj(c -> String.format("%02X", c)).toList(),
          NOT_WELL_FORMED,
          xml -> inHeader(xml, "<a>" + text + "</a>"));
    }
    altered("nought in a name", NOT_WELL_FORMED, xml -> inHeader(xml, "<a\u0000/>"));
    altered("nought in an attribute", NOT_WELL_FORMED, xml -> inHeader(xml, "<a b='\u0000'/>"));
    for (String text : List.of("\uFFFE", "\uFFFF", "&#xFFFE;", "&#2;", "&#xDFFF;", "<")) {
      altered(
          "attribute of " + text.codePoints().mapToObj(c -> String.format("%02X", c)).toList(),
          NOT_WELL_FORMED,
          xml -> inHeader(xml, "<a b='" + text + "'/>"));
    }
    altered("prefix without a namespace", NOT_WELL_FORMED, xml -> inHeader(xml, "<nobody:a/>"));
    altered("prefix of XML taken", NOT_WELL_FORMED, xml -> inHeader(xml, "<a xmlns:xml='urn:x'/>"));
    altered(
        "prefix of namespaces taken",
        NOT_WELL_FORMED,
        xml -> inHeader(xml, "<a xmlns:xmlns='urn:x'/>"));
    altered("prefix without a value", NOT_WELL_FORMED, xml -> inHeader(xml, "<a xmlns:b=''/>"));
    altered("two colons", NOT_WELL_FORMED, xml -> inHeader(xml, "<a:b:c xmlns:a='urn:x'/>"));
    altered(
        "two attributes of one meaning",
        NOT_WELL_FORMED,
        xml -> inHeader(xml, "<a xmlns:b='urn:x' xmlns:c='urn:x' b:d='1' c:d='2'/>"));
  }

  private void brokenOff() {
    for (double share : new double[] {0.01, 0.3, 0.6, 0.9, 0.999}) {
      altered(
          "broken off after " + share,
          NOT_WELL_FORMED,
          xml -> xml.substring(0, (int) (xml.length() * share)));
    }
    altered("nothing", NOT_WELL_FORMED, xml -> "");
    altered("blanks", NOT_WELL_FORMED, xml -> "   \n");
    altered("a word", NOT_WELL_FORMED, xml -> "hostile-marker");
    altered("something after it", NOT_WELL_FORMED, xml -> xml + "hostile-marker");
    altered("something before it", NOT_WELL_FORMED, xml -> "hostile-marker" + xml);
    altered("an order mark only", NOT_WELL_FORMED, xml -> "\uFEFF");
    altered("JSON", NOT_WELL_FORMED, xml -> "{\"a\":1}");
    altered("another element", Expected.cause(ENVELOPE, ADDRESSING), xml -> "<hostile-marker/>");
  }
}
