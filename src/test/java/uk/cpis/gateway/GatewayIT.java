package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.store.AuditRecord;
import uk.cpis.gateway.store.AuditSeals;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.TestSystem;

class GatewayIT {

  @TempDir Path folder;

  @Test
  void keepsItsStoreAndItsJournalFromOtherUsers() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));

    GatewayConfig settings = settings();
    try (Gateway gateway = Gateway.open(settings, InstantSource.system())) {
      assertThat(gateway.lanes()).isEmpty();
      assertThat(rightsOf("store")).isEqualTo("rwx------");
      assertThat(rightsOf("queue")).isEqualTo("rwx------");
    }
  }

  @Test
  void sealsWhatWaitsBeforeItCloses() throws IOException {
    GatewayConfig settings = settings();
    Gateway.open(settings, InstantSource.system()).close();

    try (Store store = Store.existing(Settings.ofStore(settings.store()))) {
      long newest = store.read(tx -> tx.seals().newestRecord());
      assertThat(newest).isPositive();
      Optional<AuditSeals.Brief> last = store.read(tx -> tx.seals().last());
      assertThat(last).hasValueSatisfying(seal -> assertThat(seal.last()).isEqualTo(newest));
    }
  }

  @Test
  void keepsInTheAuditWhenItRanAndHowTheRunBeforeEnded() throws IOException {
    GatewayConfig settings = settings();
    Gateway.open(settings, InstantSource.system()).close();
    Gateway.open(settings, InstantSource.system()).close();
    try (Store store = Store.existing(Settings.ofStore(settings.store()))) {
      store.change(tx -> tx.runs().begin()); // and is killed
    }
    Gateway.open(settings, InstantSource.system()).close();
    Files.delete(folder.resolve("directory").resolve("systems.json"));
    assertThatThrownBy(() -> Gateway.open(settings, InstantSource.system()))
        .isInstanceOf(RuntimeException.class);

    String program = " unknown " + ConfigFingerprint.of(settings);
    try (Store store = Store.existing(Settings.ofStore(settings.store()))) {
      List<AuditRecord> audit = store.read(tx -> tx.audit().after(0, 1_000));
      assertThat(audit)
          .extracting(AuditRecord::entry)
          .filteredOn(entry -> entry.event().name().startsWith("GATEWAY_"))
          .extracting(entry -> entry.event() + " " + entry.outcome())
          .containsExactly(
              "GATEWAY_STARTED FIRST" + program,
              "GATEWAY_STOPPED IN_ORDER",
              "GATEWAY_STARTED CLEAN" + program,
              "GATEWAY_STOPPED IN_ORDER",
              "GATEWAY_STARTED AFTER_CRASH" + program,
              "GATEWAY_STOPPED IN_ORDER",
              "GATEWAY_STARTED CLEAN" + program,
              "GATEWAY_STOPPED NOT_SERVING");
    }
  }

  @Test
  void theFingerprintOfAConfigurationTellsSettingsApartAndHasNoSecretInIt() throws IOException {
    Path file = folder.resolve("gateway.properties");
    String one = ConfigFingerprint.of(settings());
    GatewayConfig port = Configuration.read(file, Map.of("CPIS_HTTP_PORT", "9443")).settings();

    assertThat(ConfigFingerprint.of(Configuration.read(file, Map.of()).settings())).isEqualTo(one);
    assertThat(ConfigFingerprint.of(port)).isNotEqualTo(one).hasSize(16);
    Files.writeString(file, Files.readString(file).replaceAll("cpis\\.store\\.key-file=.*", ""));
    assertThat(withKey(file, "ab")).isEqualTo(withKey(file, "cd"));
  }

  @Test
  void refusesASealingKeyThatDoesOtherWorkToo() throws IOException {
    Path file = folder.resolve("gateway.properties");
    GatewayConfig usual = settings();
    Gateway.check(usual);
    String setting = "cpis.keys.sealing=" + usual.keys().signingEc() + "\n";
    Files.writeString(file, setting, StandardOpenOption.APPEND);
    GatewayConfig settings = Configuration.read(file, Map.of()).settings();

    assertThatThrownBy(() -> Gateway.check(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cpis.keys.sealing")
        .hasMessageContaining("make one of its own");
    assertThatThrownBy(() -> Gateway.open(settings, InstantSource.system()))
        .isInstanceOf(ConfigException.class);
  }

  private static String withKey(Path file, String digits) {
    return ConfigFingerprint.of(
        Configuration.read(file, Map.of("CPIS_STORE_KEY", digits.repeat(32))).settings());
  }

  private GatewayConfig settings() throws IOException {
    Path file =
        new GatewayFolder(List.of(TestSystem.homerton()), List.of(), Map.of()).write(folder);
    return Configuration.read(file, Map.of()).settings();
  }

  private String rightsOf(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
