package uk.cpis.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.pki.CertificateFault;
import uk.cpis.gateway.pki.CertificateVerdict;

class RememberedTrustTest {
  private static final X509Certificate CERTIFICATE = Messages.rsa().certificate();
  private static final Instant NOW = Messages.NOW;

  private final List<Instant> judged = new ArrayList<>();
  private CertificateVerdict verdict =
      new CertificateVerdict.Trusted(List.of(CERTIFICATE), CERTIFICATE);
  private final SignerTrust trust =
      new RememberedTrust(
          (certificate, at) -> {
            judged.add(at);
            return verdict;
          },
          Duration.ofSeconds(60));

  @Test
  void judgesOnceAMinute() {
    trust.judge(CERTIFICATE, NOW);
    trust.judge(CERTIFICATE, NOW.plusSeconds(59));
    trust.judge(CERTIFICATE, NOW.plusSeconds(60));

    assertThat(judged).containsExactly(NOW, NOW.plusSeconds(60));
  }

  @Test
  void judgesAnewWhenTheClockWentBack() {
    trust.judge(CERTIFICATE, NOW);
    trust.judge(CERTIFICATE, NOW.minusSeconds(1));

    assertThat(judged).hasSize(2);
  }

  @Test
  void trustsNothingBeyondTheCertificatesEnd() {
    Instant end = CERTIFICATE.getNotAfter().toInstant();

    trust.judge(CERTIFICATE, end.minusSeconds(1));
    trust.judge(CERTIFICATE, end);

    assertThat(judged).hasSize(2);
  }

  @Test
  void remembersNoRefusal() {
    verdict =
        new CertificateVerdict.Refused(CertificateFault.REVOKED, CERTIFICATE, "trust", "none");

    trust.judge(CERTIFICATE, NOW);
    trust.judge(CERTIFICATE, NOW);

    assertThat(judged).hasSize(2);
  }
}
