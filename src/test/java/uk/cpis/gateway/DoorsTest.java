package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.endpoint.Pace;
import uk.cpis.gateway.pki.CertificateFault;
import uk.cpis.gateway.pki.CertificateVerdict;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.TestCertificates;

class DoorsTest {

  private static final X509Certificate CERTIFICATE =
      TestCertificates.all().authorityTls(new OdsCode("TWH")).certificate();

  @Test
  void aStrangerWithManyBadCertificatesDoesNotFillTheLog() {
    Pace pace = new Pace(2);

    try (RecordedLog log = RecordedLog.of(Doors.class.getName())) {
      for (int i = 0; i < 5; i++) {
        Doors.clientRefused(refused(CertificateFault.UNKNOWN_ISSUER), pace);
      }
      Doors.clientRefused(refused(CertificateFault.EXPIRED), pace);

      assertThat(log.messages()).hasSize(3);
      assertThat(log.messages().get(2)).contains("CPG-CLIENT-TLS", "EXPIRED");
    }
  }

  private static CertificateVerdict.Refused refused(CertificateFault fault) {
    return new CertificateVerdict.Refused(fault, CERTIFICATE, "another", "this");
  }
}
