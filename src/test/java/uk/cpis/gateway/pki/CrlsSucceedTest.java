package uk.cpis.gateway.pki;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.testing.TestCertificates;

/** Which list may take the place of the one before. */
class CrlsSucceedTest {

  private final TrustAnchors trust = TestCertificates.paths().trust();
  private final CertificateAuthority issuing =
      DevelopmentCas.open(TestCertificates.all().ca()).issuing();
  private final Instant now = Instant.now();
  private final Crls good = list(issuing, now);

  @Test
  void aNewerListOfTheSameCaSucceedsAndTheSameOneDoes() {
    assertThatCode(() -> good.mustSucceed(Crls.NONE, trust)).doesNotThrowAnyException();
    assertThatCode(() -> good.mustSucceed(good, trust)).doesNotThrowAnyException();
    assertThatCode(() -> list(issuing, now.plusSeconds(60)).mustSucceed(good, trust))
        .doesNotThrowAnyException();
  }

  @Test
  void aStrangersListAndAReplayedOlderOneDoNot() {
    CertificateAuthority stranger =
        CertificateAuthority.of("A stranger", KeyKind.RSA_2048.generate());
    assertThatThrownBy(() -> list(stranger, now).mustSucceed(Crls.NONE, trust))
        .hasMessageContaining("not signed by any CA");
    assertThatThrownBy(() -> list(issuing, now.minusSeconds(60)).mustSucceed(good, trust))
        .hasMessageContaining("older");
  }

  private static Crls list(CertificateAuthority ca, Instant at) {
    return new Crls(List.of(ca.revoke(Set.of(), at, at.plus(Duration.ofDays(9)))));
  }
}
