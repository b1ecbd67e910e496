package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.PROCESSING_INSTRUCTION;
import static uk.cpis.gateway.security.RefusalCause.TOO_COMPLEX;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hostile values in messages whose signature is in order. */
final class ValueAttacks extends Attacks {

  private static final String NUMBER = ">9990000018<";

  ValueAttacks() {
    super("text-truncation and value");
    numbers();
    splitNumbers();
    words();
    codes();
    records();
  }

  private void number(String name, Expected expected, String number) {
    made(
        "number " + name,
        expected,
        d -> d.payload(d.payload().replace(NUMBER, ">" + number + "<")).signed());
  }

  private void numbers() {
    only(Kind.QUERY, Kind.QUERY_EC, Kind.HISTORY);
    Expected schema = Expected.code("CPG-701");
    Map<String, String> numbers = new LinkedHashMap<>();
    numbers.put("full-width", "\uFF19\uFF19\uFF19\uFF10\uFF10\uFF10\uFF10\uFF10\uFF11\uFF18");
    numbers.put("Arabic", "\u0669\u0669\u0669\u0660\u0660\u0660\u0660\u0660\u0661\u0668");
    numbers.put("mathematical", "\uD835\uDFD7\uD835\uDFD7\uD835\uDFD70000018");
    numbers.put("with a space of no width", "99900\u200B00018");
    numbers.put("with a turn of direction", "\u202E9990000018");
    numbers.put("with an order mark", "\uFEFF9990000018");
    numbers.put("with a soft hyphen", "999\u00AD0000018");
    numbers.put("of nine digits", "999000001");
    numbers.put("of eleven digits", "99900000181");
    numbers.put("after a blank", " 9990000018");
    numbers.put("before a blank", "9990000018 ");
    numbers.put("before a line end", "9990000018&#10;");
    numbers.put("in groups", "999 000 0018");
    numbers.put("with a sign", "+999000001");
    numbers.put("negative", "-999000001");
    numbers.put("with a power", "9.99000e10");
    numbers.put("hexadecimal", "0x253B7812");
    numbers.put("empty", "");
    numbers.put("a star", "*");
    numbers.put("a percent sign", "%");
    numbers.put("two numbers", "9990000018,9990000026");
    numbers.put("statement", "9990000018'; DROP TABLE plan; --");
    numbers.put("always true", "' OR '1'='1");
    numbers.put("directory's query", "*)(uid=*))(|(uid=*");
    numbers.put("look-up", "${jndi:ldap://127.0.0.1:1/a}");
    numbers.put("a path", "../../../../etc/passwd");
    numbers.put("a format", "%n%n%s%x");
    numbers.put("very long", "9".repeat(4_000));
    numbers.forEach((name, number) -> number(name, schema, number));
    number("too long to be read", Expected.cause(TOO_COMPLEX), "9".repeat(60_000));
    number("with a wrong check digit", Expected.code("CPG-608"), "9990000019");
    number("of noughts", Expected.code("CPG-608", "CPG-612", "CPG-701"), "0000000001");
  }

  /** Whoever reads half of it reads another number: it is read whole or not at all. */
  private void splitNumbers() {
    Expected schema = Expected.code("CPG-701");
    number("with an element in it", schema, "99900<x/>00018");
    made(
        "number with an instruction in it",
        Expected.cause(PROCESSING_INSTRUCTION),
        d -> d.signed().replace(NUMBER, ">99900<?x y?>00018<"));
    made(
        "number with a comment in it",
        Expected.harmless(),
        d -> d.signed().replace(NUMBER, ">99900<!-- x -->00018<"));
    made(
        "number in a section",
        Expected.harmless(),
        d -> d.signed().replace(NUMBER, "><![CDATA[9990000018]]><"));
    made(
        "number half in a section",
        Expected.harmless(),
        d -> d.signed().replace(NUMBER, ">99900<![CDATA[00018]]><"));
    made(
        "number by character references",
        Expected.harmless(),
        d -> d.signed().replace(NUMBER, ">&#57;&#x39;90000018<"));
    made(
        "number with a comment before another digit",
        Expected.cause(uk.cpis.gateway.security.RefusalCause.PART_ALTERED),
        d -> d.signed().replace(NUMBER, ">9990000018<!-- -->1<"));
    ofAll();
  }

  private void words() {
    only(Kind.QUERY, Kind.QUERY_EC);
    for (String word :
        List.of(
            "${jndi:ldap://127.0.0.1:1/a}",
            "${jndi:rmi://127.0.0.1:1/a}",
            "x'); DELETE FROM plan; --",
            "&#10;2026-01-01 INFO nothing happened",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "=cmd|' /C calc'!A0",
            "../../../etc/passwd",
            "%s%n%x",
            "{{7*7}}",
            "\u202Enurse")) {
      add(
          "family name " + word,
          Expected.harmless(),
          (d, canary) -> {
            String called =
                word.replace("127.0.0.1:1", canary.url("x").substring(4).replaceAll("/.*", ""));
            return Hostile.of(
                d.payload(d.payload().replace("Briain-Example", called.replace("$", "$")))
                    .signed());
          });
    }
    for (int length : List.of(4_000, 60_000)) {
      Expected expected = length > 4_096 ? Expected.cause(TOO_COMPLEX) : Expected.code("CPG-701");
      longWords(expected, length);
    }
    ofAll();
  }

  /** The patterns of a schema are tried before the length is looked at. */
  private void longWords(Expected expected, int length) {
    for (String word : List.of("x".repeat(length), " ".repeat(length), " x".repeat(length / 2))) {
      for (String element : List.of("familyName", "givenName", "contactTelephone", "userId")) {
        made(
            element + " of " + length + " like '" + word.substring(0, 2) + "'",
            expected,
            d ->
                d.payload(d.payload().replaceFirst("(" + element + ">)[^<]*<", "$1" + word + "<"))
                    .signed());
      }
    }
  }

  private void codes() {
    Expected schema = Expected.code("CPG-701");
    made(
        "ASID of letters",
        schema,
        d -> replaced(d, d.kind().system().asid().digits(), "abcdefghijkl"));
    made(
        "ASID with a statement",
        schema,
        d -> replaced(d, d.kind().system().asid().digits(), "' OR 1=1 --"));
    made("empty ASID", schema, d -> replaced(d, d.kind().system().asid().digits(), ""));
    only(Kind.QUERY, Kind.QUERY_EC);
    made("activity code of nobody", schema, d -> replaced(d, "B0107", "B9999"));
    made("activity code with a blank", schema, d -> replaced(d, "B0107", "B0107 "));
    made("another care setting", schema, d -> replaced(d, "emergency-department", "everywhere"));
    only(Kind.UPDATE, Kind.DELETE, Kind.HOLDINGS, Kind.HISTORY, Kind.COLLECT, Kind.ACKNOWLEDGE);
    made("authority of a path", schema, d -> replaced(d, "TWH", "../TWH"));
    made(
        "authority in small letters",
        Expected.code("CPG-701", "CPG-604"),
        d -> replaced(d, ">TWH<", ">twh<"));
    made(
        "authority of nobody",
        Expected.code("CPG-604", "CPG-701"),
        d -> replaced(d, ">TWH<", ">ZZZ<"));
    only(Kind.UPDATE, Kind.DELETE);
    for (String number :
        List.of(
            "9".repeat(4_000),
            "-" + "0".repeat(4_000),
            "-1",
            "0",
            "1e9",
            "99999999999999999999",
            "NaN",
            "")) {
      made(
          "sequence number "
              + (number.length() > 20
                  ? "of " + number.length() + number.charAt(0)
                  : "'" + number + "'"),
          Expected.code("CPG-701", "CPG-604"),
          d ->
              d.payload(d.payload().replaceFirst("(sequenceNumber>)[0-9]+<", "$1" + number + "<"))
                  .signed());
    }
    made(
        "record count that is not true",
        Expected.harmless(),
        d -> d.payload(d.payload().replaceFirst("(recordCount>)1<", "$12147483647<")).signed());
    only(Kind.COLLECT);
    for (String limit : List.of("-1", "0", "2147483648", "1000000")) {
      made(
          "limit " + limit,
          schema,
          d -> d.payload(d.payload().replaceFirst("(limit>)1<", "$1" + limit + "<")).signed());
    }
    only(Kind.HOLDINGS);
    for (String token : List.of("AAAA", "../x", "' OR 1=1", "A".repeat(200))) {
      made(
          "page token " + token.length() + " " + token.charAt(0),
          Expected.code("CPG-609", "CPG-701"),
          d ->
              d.payload(
                      d.payload()
                          .replaceFirst(
                              "(?s)<(([a-z0-9]*:)?)pageSize>.*?</[^>]*>",
                              "$0<$1pageToken>" + token + "</$1pageToken>"))
                  .signed());
    }
    only(Kind.ACKNOWLEDGE);
    made(
        "notification of another form",
        Expected.code("CPG-701"),
        d -> d.payload(d.payload().replaceFirst("(notificationId>)[^<]*", "$1' OR 1=1")).signed());
    made("answer nobody knows", schema, d -> replaced(d, ">accepted<", ">hostile-marker<"));
    ofAll();
  }

  private static String replaced(Draft draft, String from, String to) {
    String changed = draft.payload().replaceFirst(from, to);
    if (changed.equals(draft.payload())) {
      throw new IllegalStateException("an attack that changes nothing");
    }
    return draft.payload(changed).signed();
  }

  /** A record in a submission may say anything: it costs that record and nothing else. */
  private void records() {
    only(Kind.UPDATE);
    for (String name :
        List.of("nhsNumber", "familyName", "givenName", "dateOfBirth", "planType", "startDate")) {
      made(
          "record with a statement for its " + name,
          Expected.harmless(),
          d ->
              d.payload(
                      d.payload()
                          .replaceFirst("(" + name + ">)[^<]*<", "$1x'; DROP TABLE plan; --<"))
                  .signed());
    }
    for (String date :
        List.of(
            "99999999999-01-01", "-0001-01-01", "2026-02-30", "0000-00-00", "1".repeat(4_000))) {
      for (String name : List.of("dateOfBirth", "startDate")) {
        made(
            name + " " + date.substring(0, Math.min(20, date.length())),
            Expected.harmless(),
            d ->
                d.payload(d.payload().replaceFirst("(" + name + ">)[^<]*<", "$1" + date + "<"))
                    .signed());
      }
    }
    ofAll();
  }
}
