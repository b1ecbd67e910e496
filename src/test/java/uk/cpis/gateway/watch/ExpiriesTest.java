package uk.cpis.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.AlertKind;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Expiry;

class ExpiriesTest {

  private static final Instant END = Instant.parse("2027-03-01T00:00:00Z");
  private static final Expiry CERTIFICATE =
      new Expiry("TWH", "server", Optional.of(new CertificateFingerprint("ab".repeat(32))), END);

  @Test
  void tellsOfACertificate60And30And7And1DaysBeforeItsEndAndAtIt() {
    assertThat(before(Duration.ofDays(60).plusSeconds(1))).isEmpty();
    assertThat(before(Duration.ofDays(60))).containsExactly("CPG-EXPIRES abababababababab/60");
    assertThat(before(Duration.ofDays(30))).hasSize(2).contains("CPG-EXPIRES abababababababab/30");
    assertThat(before(Duration.ofDays(7))).hasSize(3);
    assertThat(before(Duration.ofDays(1))).hasSize(4);
    assertThat(before(Duration.ofSeconds(-1))).hasSize(5).contains("CPG-EXPIRED abababababababab");
  }

  @Test
  void tellsOnceOfACertificateThatSeveralUseAndNothingOfLists() {
    Expiry again = new Expiry("HCK", "TLS", CERTIFICATE.certificate(), END);
    Expiry list = new Expiry("CA", "revocation list", Optional.empty(), END);

    List<Finding> findings = look(END.minus(Duration.ofDays(50)), CERTIFICATE, again, list);

    assertThat(findings).singleElement();
    assertThat(findings.get(0).kind()).isEqualTo(AlertKind.EXPIRES);
    assertThat(findings.get(0).detail()).contains("days=60 whose=TWH", "ends=" + END);
  }

  private static List<String> before(Duration left) {
    return look(END.minus(left), CERTIFICATE).stream()
        .map(each -> each.kind().code() + " " + each.subject())
        .toList();
  }

  private static List<Finding> look(Instant now, Expiry... forecast) {
    return new Expiries(() -> List.of(forecast)).findings(now);
  }
}
