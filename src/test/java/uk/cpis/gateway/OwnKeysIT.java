package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestStore;
import uk.cpis.gateway.testing.TestSystem;

/** CAs that change: whatever changes counts, and for everybody who makes connections. */
class OwnKeysIT {

  private final List<GatewayKeys> followed = new ArrayList<>();
  private int failures;
  @TempDir private Path folder;
  private Path anchors;
  private Path intermediates;
  private Store store;
  private OwnKeys own;

  @BeforeEach
  void open() throws IOException {
    anchors = folder.resolve("anchors.pem");
    intermediates = folder.resolve("intermediates.pem");
    Files.writeString(anchors, root() + issuing());
    Files.writeString(intermediates, issuing());
    Path file =
        new GatewayFolder(
                List.of(TestSystem.homerton()),
                List.of(),
                Map.of(
                    "cpis.trust.anchors",
                    anchors.toString(),
                    "cpis.trust.intermediates",
                    intermediates.toString()))
            .write(folder);
    GatewayConfig settings = Configuration.read(file, Map.of()).settings();
    store = TestStore.open(folder.resolve("store"));
    InstantSource clock = InstantSource.system();
    Audit audit = new Audit(store, clock, UUID::randomUUID, Duration.ofSeconds(10));
    String seen = OwnKeys.contents(settings);
    own =
        new OwnKeys(
            settings, seen, GatewayKeys.load(settings), new RegistrationAudit(store, audit), clock);
    own.follow(
        now -> {
          if (failures-- > 0) {
            throw new IllegalStateException("no context can be made");
          }
          followed.add(now);
        });
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aCaThatIsNoAnchorAnyMoreCountsAsAnIssuingCaOnly() throws IOException {
    Files.writeString(anchors, root());
    own.look();

    assertThat(own.current().anchors().anchors()).hasSize(1);
    assertThat(own.current().paths().trust().anchors()).hasSize(1);
    assertThat(followed).hasSize(1);
  }

  @Test
  void aFaultStandsAndItIsTriedAgainUntilEverybodyFollows() throws IOException {
    failures = 2;
    Files.writeString(anchors, root());
    own.look();
    own.look();
    assertThat(own.fault()).isPresent();
    assertThat(followed).isEmpty();

    own.look();
    assertThat(own.fault()).isEmpty();
    assertThat(followed).containsExactly(own.current());
    assertThat(followed.get(0).anchors().anchors()).hasSize(1);
  }

  private static String root() throws IOException {
    return Files.readString(TestCertificates.all().root());
  }

  private static String issuing() throws IOException {
    return Files.readString(TestCertificates.all().issuing());
  }
}
