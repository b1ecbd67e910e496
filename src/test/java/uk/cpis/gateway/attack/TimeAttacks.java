package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.SECURITY_HEADER;
import static uk.cpis.gateway.security.RefusalCause.TIMESTAMP;
import static uk.cpis.gateway.security.RefusalCause.TIMESTAMP_EXPIRED;
import static uk.cpis.gateway.security.RefusalCause.TIMESTAMP_IN_FUTURE;
import static uk.cpis.gateway.security.RefusalCause.TIMESTAMP_TOO_LONG;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.security.RefusalCause;

/** Old, future and odd times, and messages that were sent before. */
final class TimeAttacks extends Attacks {

  TimeAttacks() {
    super("timestamp and replay");
    notNow();
    notTimes();
    oddTimestamps();
    elsewhere();
  }

  private void at(String name, RefusalCause cause, Duration created, Duration life) {
    made(
        name,
        cause,
        d -> {
          Instant from = Instant.now().plus(created);
          return d.timestamp(Draft.timestamp(from, from.plus(life))).signed();
        });
  }

  private void notNow() {
    Duration five = Duration.ofMinutes(5);
    at("expired an hour ago", TIMESTAMP_EXPIRED, Duration.ofHours(-1), five);
    at(
        "expired a little more than the clocks may differ",
        TIMESTAMP_EXPIRED,
        five.plusSeconds(63).negated(),
        five);
    at("of last year", TIMESTAMP_EXPIRED, Duration.ofDays(-365), five);
    at("created in an hour", TIMESTAMP_IN_FUTURE, Duration.ofHours(1), five);
    at("created in more than a minute", TIMESTAMP_IN_FUTURE, Duration.ofSeconds(70), five);
    at("valid for a second too long", TIMESTAMP_TOO_LONG, Duration.ZERO, Duration.ofSeconds(601));
    at("valid for years", TIMESTAMP_TOO_LONG, Duration.ZERO, Duration.ofDays(3650));
    at(
        "created years ago, not expired",
        TIMESTAMP_TOO_LONG,
        Duration.ofDays(-3650),
        Duration.ofDays(3651));
    at("expires when it is created", TIMESTAMP, Duration.ZERO, Duration.ZERO);
    at("expires before it is created", TIMESTAMP, Duration.ZERO, Duration.ofSeconds(-10));
  }

  private void notTimes() {
    for (String created :
        List.of(
            "",
            "now",
            "0",
            "-1",
            "1760000000",
            "2026-02-31T00:00:00Z",
            "2026-11-22T25:00:00Z",
            "2026-11-22T23:59:60Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22",
            "2026-11-22 12:00:00Z",
            "2026-11-22T12:00:00",
            "2026-11-22T12:00:00+99:00",
            "2026-11-22T12:00:00.0000000000000000001Z",
            "+999999999-01-01T00:00:00Z",
            "-2026-11-22T12:00:00Z",
            "\u0662\u0660\u0662\u0666-11-22T12:00:00Z",
            "2026-W47-7T12:00:00Z",
            "2026-11-22t12:00:00z",
            "2026-11-22T12:00:00,5Z",
            "2026-11-22T12:00:00.1234567890Z",
            "2026-11-22T12:00:00 Z",
            "2026-11-22T12:00Z",
            "10000-01-01T00:00:00Z",
            "\u20032026-11-22T12:00:00Z",
            "${jndi:ldap://127.0.0.1:1/x}",
            "2026-11-22T12:00:00Z2026-11-22T12:00:00Z")) {
      made(
          "created '" + created + "'",
          TIMESTAMP,
          d ->
              d.timestamp(Draft.timestamp(created, Instant.now().plusSeconds(60).toString()))
                  .signed());
    }
    made(
        "expires in no time zone",
        TIMESTAMP,
        d ->
            d.timestamp(
                    Draft.timestamp(
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        "2999-01-01T00:00:00"))
                .signed());
  }

  private void odd(String name, RefusalCause cause, UnaryOperator<String> change) {
    made(name, cause, d -> d.timestamp(change.apply(d.timestamp())).signed());
  }

  private void oddTimestamps() {
    String created = "<wsu:Created>[^<]*</wsu:Created>";
    String expires = "<wsu:Expires>[^<]*</wsu:Expires>";
    odd("no end", TIMESTAMP, time -> time.replaceFirst(expires, ""));
    odd("no beginning", TIMESTAMP, time -> time.replaceFirst(created, ""));
    odd("neither", TIMESTAMP, time -> time.replaceFirst(created, "").replaceFirst(expires, ""));
    odd("two beginnings", TIMESTAMP, time -> time.replaceFirst("(" + created + ")", "$1$1"));
    odd("two ends", TIMESTAMP, time -> time.replaceFirst("(" + expires + ")", "$1$1"));
    odd(
        "something else in it",
        TIMESTAMP,
        time -> time.replace("</wsu:Timestamp>", "<x/></wsu:Timestamp>"));
    odd(
        "an element in the time",
        TIMESTAMP,
        time -> time.replace("</wsu:Created>", "<x>1</x></wsu:Created>"));
    odd("text in it", TIMESTAMP, time -> time.replace("<wsu:Expires>", "x<wsu:Expires>"));
    odd(
        "an empty element in the time",
        TIMESTAMP,
        time -> time.replace("</wsu:Created>", "<x/></wsu:Created>"));
    odd("names without a namespace", TIMESTAMP, time -> time.replace("wsu:Created", "Created"));
    odd(
        "another namespace",
        SECURITY_HEADER,
        time ->
            time.replace("wsu:Timestamp", "wsse:Timestamp")
                .replace("wsse:Timestamp wsu:Id", "wsse:Timestamp wsu:Id"));
    odd("two of them", SECURITY_HEADER, time -> time + time.replace("\"Timestamp\"", "\"Second\""));
  }

  private void elsewhere() {
    only(Kind.QUERY);
    add(
        "query sent to the submissions",
        Expected.cause(RefusalCause.WRONG_ADDRESS),
        (d, canary) -> Hostile.of(d.signed()).to("/submission"));
    add(
        "query sent to the mailbox",
        Expected.cause(RefusalCause.WRONG_ADDRESS),
        (d, canary) -> Hostile.of(d.signed()).to("/mailbox"));
    add(
        "captured query over another system's connection",
        Expected.code("CPG-601"),
        (d, canary) -> Hostile.of(d.signed()).over(Kind.QUERY_EC));
    add(
        "own query signed by another system",
        Expected.code("CPG-601"),
        (d, canary) -> Hostile.of(d.by(Pen.of(Kind.QUERY_EC.system().signingKeys())).signed()));
    only(Kind.UPDATE, Kind.DELETE, Kind.COLLECT, Kind.HOLDINGS);
    add(
        "captured message over another authority's connection",
        Expected.code("CPG-601"),
        (d, canary) -> Hostile.of(d.signed()).over(Kind.QUERY));
    made(
        "another authority's signature over the sender's connection",
        Expected.code("CPG-601"),
        d -> d.by(Attackers.other(d.kind())).signed());
    ofAll();
    made(
        "ASID of another system",
        Expected.code("CPG-601"),
        d ->
            d.payload(d.payload().replace(d.kind().system().asid().digits(), "200000000202"))
                .signed());
    made(
        "ASID of nobody",
        Expected.code("CPG-601"),
        d ->
            d.payload(d.payload().replace(d.kind().system().asid().digits(), "999999999999"))
                .signed());
    made(
        "for another receiver",
        Expected.code("CPG-602"),
        d -> d.payload(d.payload().replace("200000000001", "200000000009")).signed());
    only(Kind.UPDATE, Kind.DELETE, Kind.HOLDINGS, Kind.HISTORY, Kind.COLLECT, Kind.ACKNOWLEDGE);
    made(
        "in the name of another authority",
        Expected.code("CPG-604"),
        d -> d.payload(d.payload().replace(">TWH<", ">HCK<")).signed());
    only(Kind.QUERY, Kind.QUERY_EC);
    made(
        "in the name of another organisation",
        Expected.code("CPG-604"),
        d -> d.payload(d.payload().replaceAll(">(RQX01|RYE01)<", ">RZZ99<")).signed());
    ofAll();
    made(
        "message id of other content, said again",
        Expected.cause(RefusalCause.PART_ALTERED),
        d -> d.kind().forged(d.signed()));
    made(
        "action of another interaction",
        Expected.cause(RefusalCause.ACTION),
        d -> {
          Interaction other =
              d.kind().interaction() == Interaction.QUERY ? Interaction.UPDATE : Interaction.QUERY;
          return d.addressing(
                  d.addressing().replace(d.kind().interaction().action(), other.action()))
              .signed();
        });
  }
}
