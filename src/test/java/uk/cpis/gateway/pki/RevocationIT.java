package uk.cpis.gateway.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestSystem;

/** Revocation lists that change while the gateway runs, over the wire. */
class RevocationIT {

  private static final Duration MORE_THAN_TRUST_IS_REMEMBERED = Duration.ofSeconds(61);

  private final SettableClock clock = new SettableClock(Instant.now());
  private final TestSystem homerton = TestSystem.homerton();
  private final TestSystem nhs111 = TestSystem.nhs111();
  @TempDir private Path folder;

  @Test
  void aSignerRevokedWhileTheGatewayRunsIsRefusedWithoutARestartAndEverybodyElseIsServed()
      throws Exception {
    Path lists = lists();
    try (TestGateway gateway = open(lists);
        RecordedLog log = RecordedLog.of("uk.cpis.gateway.RevocationLists")) {
      TestClient client = gateway.client(homerton);
      assertThat(answered(client, homerton)).isTrue();

      revoke(homerton.signingKeys().certificate(), lists);
      awaitRenewed(log, 1);
      clock.advance(MORE_THAN_TRUST_IS_REMEMBERED);

      assertThat(answered(client, homerton)).isFalse();
      assertThat(answered(gateway.client(nhs111), nhs111)).isTrue();

      copy("issuing.crl", lists);
      awaitRenewed(log, 2);
      clock.advance(MORE_THAN_TRUST_IS_REMEMBERED);
      assertThat(answered(client, homerton)).as("an older list unmakes no revocation").isFalse();
    }
  }

  @Test
  void aTransportCertificateRevokedWhileTheGatewayRunsFindsNoConnection() throws Exception {
    Path lists = lists();
    try (TestGateway gateway = open(lists);
        RecordedLog log = RecordedLog.of("uk.cpis.gateway.RevocationLists")) {
      assertThat(answered(gateway.client(homerton), homerton)).isTrue();

      revoke(homerton.tls().keyMaterial().certificate(), lists);
      awaitRenewed(log, 1);

      assertThat(connects(gateway.client(homerton))).isFalse();
      assertThat(answered(gateway.client(nhs111), nhs111)).isTrue();
    }
  }

  private TestGateway open(Path lists) {
    return TestGateway.open(
        folder,
        clock,
        Map.of(
            "cpis.trust.revocation-lists",
            lists.toString(),
            "cpis.trust.revocation-lists-every",
            "50ms"));
  }

  private Path lists() throws IOException {
    Path lists = Files.createDirectory(folder.resolve("lists"));
    copy("root.crl", lists);
    copy("issuing.crl", lists);
    return lists;
  }

  private static void copy(String name, Path lists) throws IOException {
    OwnerOnly.write(
        lists.resolve(name), Files.readAllBytes(TestCertificates.all().ca().resolve(name)));
  }

  private static void revoke(X509Certificate certificate, Path lists) {
    Instant now = Instant.now().plusSeconds(1);
    OwnerOnly.write(
        lists.resolve("issuing.crl"),
        Pem.write(
            DevelopmentCas.open(TestCertificates.all().ca())
                .issuing()
                .revoke(
                    Set.of(certificate.getSerialNumber()), now, now.plus(Duration.ofDays(600)))));
  }

  private static void awaitRenewed(RecordedLog log, int times) {
    await()
        .until(
            () ->
                log.messages().stream().filter(line -> line.startsWith("CPG-LISTS-RENEWED")).count()
                    == times);
  }

  private static boolean answered(TestClient client, TestSystem system) {
    TestReply reply = client.send(Interaction.QUERY, Queries.of(system, "9990000018"));
    if (reply.status() == 200) {
      reply.answer(PlanQueryResponse.class);
      return true;
    }
    return false;
  }

  private boolean connects(TestClient client) {
    try {
      return answered(client, homerton);
    } catch (RuntimeException e) {
      assertThat(e).hasRootCauseInstanceOf(SSLException.class);
      return false;
    }
  }
}
