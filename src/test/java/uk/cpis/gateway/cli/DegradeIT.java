package uk.cpis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.store.AuditRecord;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestStore;
import uk.cpis.gateway.testing.TestSystem;

/** A list cannot be had, and an operator has the gateway do without it for a while, as typed. */
class DegradeIT {

  private static final String CHILD = "9990000018";
  private static final TestSystem HOMERTON = TestSystem.homerton();

  @TempDir private Path folder;
  private final SettableClock clock =
      new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));

  @Test
  void partnersAreServedWithoutTheListWhileAnOperatorSaysSoAlsoOverARestart() throws Exception {
    Path lists = Files.createDirectory(folder.resolve("lists"));
    Files.copy(TestCertificates.all().ca().resolve("root.crl"), lists.resolve("root.crl"));
    Instant end = clock.instant().plus(Duration.ofHours(1));
    try (TestGateway gateway = open(lists);
        RecordedLog log = RecordedLog.of("uk.cpis.gateway.RevocationLists")) {
      assertThat(reaches(gateway)).isFalse();
      assertThat(degrade(gateway, "--until", end.toString()).ended(2)).contains("--reason TEXT");
      assertThat(
              degrade(
                      gateway,
                      "--until",
                      end.plus(Duration.ofHours(72)).toString(),
                      "--reason",
                      "x y")
                  .ended(1))
          .contains("until: 72 hours ahead at the most", "Nothing was done.");
      assertThat(degrade(gateway, "--end").ended(1)).contains("Nothing changed");

      assertThat(degrade(gateway, "--until", end.toString(), "--reason", "the list is late").done())
          .contains("until=" + end + " reason=the list is late", "It counts until then.");
      assertThat(reaches(gateway)).isTrue();
      assertThat(health(gateway)).contains("degraded until " + end);
      assertThat(log.messages())
          .filteredOn(each -> each.startsWith("CPG-REVOCATION-UNKNOWN "))
          .singleElement()
          .asString()
          .contains("degraded until " + end);
    }
    try (TestGateway gateway = open(lists);
        RecordedLog log = RecordedLog.of("uk.cpis.gateway.RevocationLists")) {
      TestClient connected = gateway.client(HOMERTON);
      assertThat(ask(connected).status()).isEqualTo(200);
      assertThat(health(gateway)).contains("degraded until " + end);

      assertThat(degrade(gateway, "--end").done()).contains("It is over.");
      assertThat(ask(connected).fault().codes()).containsExactly("CPG-706");
      assertThat(reaches(gateway)).isFalse();
      assertThat(health(gateway)).doesNotContain("degraded until");
      assertThat(log.messages()).contains("CPG-REVOCATION-UNKNOWN-OVER");

      degrade(gateway, "--until", end.toString(), "--reason", "still late").done();
      TestClient again = gateway.client(HOMERTON);
      assertThat(ask(again).status()).isEqualTo(200);
      clock.advance(Duration.ofHours(1));
      assertThat(ask(again).fault().codes()).containsExactly("CPG-706");
      assertThat(health(gateway)).doesNotContain("degraded until");
    }
    assertThat(audited(AuditEvent.REVOCATION_UNKNOWN_REFUSED)).hasSize(1);
    assertThat(audited(AuditEvent.REGISTRATION_REFUSED)).isEmpty();
    assertThat(audited(AuditEvent.REVOCATION_UNKNOWN_CHANGED))
        .hasSize(3)
        .allMatch(entry -> entry.operator().isPresent());
    assertThat(audited(AuditEvent.QUERY_ANSWERED))
        .hasSize(3)
        .allMatch(entry -> entry.origin().orElseThrow().revocationUnknown());
  }

  private TestGateway open(Path lists) {
    return TestGateway.open(
        folder,
        clock,
        Map.of(
            "cpis.trust.revocation-lists",
            lists.toString(),
            "cpis.trust.revocation-lists-every",
            "50ms"),
        TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001"));
  }

  private static Typed degrade(TestGateway gateway, String... words) {
    return Typed.of(
        Stream.of(
                List.of("certificates", "degrade"),
                List.of(words),
                List.of("--operations", gateway.gateway().operations().toString()))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  private static String health(TestGateway gateway) throws IOException, InterruptedException {
    return new OperationsCall(gateway.gateway().operations()).text("/health");
  }

  private static TestReply ask(TestClient client) {
    return client.send(Interaction.QUERY, Queries.of(HOMERTON, CHILD));
  }

  private static boolean reaches(TestGateway gateway) {
    try {
      return ask(gateway.client(HOMERTON)).status() == 200;
    } catch (IllegalStateException noConnection) {
      return false;
    }
  }

  private List<AuditEntry> audited(AuditEvent event) {
    try (Store store = TestStore.open(folder.resolve("store"))) {
      return store.read(tx -> tx.audit().after(0, 10_000)).stream()
          .map(AuditRecord::entry)
          .filter(entry -> entry.event() == event)
          .toList();
    }
  }
}
