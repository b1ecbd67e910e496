package uk.cpis.gateway.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import uk.cpis.gateway.domain.AlertKind;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Expiry;
import uk.cpis.gateway.domain.StandingAlert;
import uk.cpis.gateway.store.Transaction;

/**
 * Certificates that end within 60, 30, 7 and 1 days, and those that have ended: each of these is
 * told once, and is over when the certificate is no longer in use. One that several use is told
 * once, too.
 */
final class Expiries implements Lookout {

  private static final List<Integer> DAYS = List.of(60, 30, 7, 1);
  private static final int SHOWN = 16;

  private final Supplier<List<Expiry>> forecast;

  Expiries(Supplier<List<Expiry>> forecast) {
    this.forecast = forecast;
  }

  @Override
  public List<Finding> look(Transaction tx, Instant now, Set<StandingAlert> standing) {
    return findings(now);
  }

  List<Finding> findings(Instant now) {
    Map<String, Expiry> certificates = new TreeMap<>();
    for (Expiry each : forecast.get()) {
      each.certificate()
          .map(CertificateFingerprint::hex)
          .ifPresent(hex -> certificates.putIfAbsent(hex.substring(0, SHOWN), each));
    }
    List<Finding> findings = new ArrayList<>();
    certificates.forEach((name, expiry) -> judge(name, expiry, now, findings));
    return findings;
  }

  private static void judge(String name, Expiry expiry, Instant now, List<Finding> findings) {
    String detail =
        "whose=%s what=\"%s\" ends=%s".formatted(expiry.whose(), expiry.what(), expiry.at());
    Duration left = Duration.between(now, expiry.at());
    for (int days : DAYS) {
      if (left.compareTo(Duration.ofDays(days)) <= 0) {
        findings.add(
            new Finding(AlertKind.EXPIRES, name + "/" + days, "days=" + days + " " + detail));
      }
    }
    if (left.isNegative()) {
      findings.add(new Finding(AlertKind.EXPIRED, name, detail));
    }
  }
}
