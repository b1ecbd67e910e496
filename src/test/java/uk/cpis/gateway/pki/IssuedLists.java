package uk.cpis.gateway.pki;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import uk.cpis.gateway.testing.TestCertificates;

/** Revocation lists as the issuing CA of the tests makes them. */
public final class IssuedLists {

  private IssuedLists() {}

  /** Its next list, on which this certificate is. */
  public static byte[] revoking(X509Certificate certificate) {
    Instant now = Instant.now().plusSeconds(1);
    String pem =
        Pem.write(
            DevelopmentCas.open(TestCertificates.all().ca())
                .issuing()
                .revoke(Set.of(certificate.getSerialNumber()), now, now.plus(Duration.ofDays(9))));
    return pem.getBytes(StandardCharsets.US_ASCII);
  }
}
