package uk.cpis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.pki.DevelopmentCertificate;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.store.AuditRecord;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestStore;
import uk.cpis.gateway.testing.TestSystem;

/** The commands about partners and their certificates as they are typed, while no gateway runs. */
class PartnersCommandsIT {

  private static final TestSystem HOMERTON = TestSystem.homerton();

  @TempDir private Path folder;
  private Path config;

  @BeforeEach
  void write() {
    config =
        new GatewayFolder(
                List.of(HOMERTON, TestSystem.towerHamlets()), List.of(TestGateway.LUCJA), Map.of())
            .write(folder);
  }

  @Test
  void forecastsWhatEndsWhenAndRehearsesWhoWouldStillVerify() {
    assertThat(typed("certificates", "forecast").done())
        .contains(
            HOMERTON.asid().digits(),
            HOMERTON.signing().fingerprint().hex(),
            "tls-server",
            "revocation list of");
    assertThat(typed("certificates", "forecast", "--days", "1").done())
        .contains("Nothing ends within that time.");
    assertThat(typed("certificates", "forecast", "--json").done())
        .contains("\"whose\":\"gateway\"");

    assertThat(typed("certificates", "rehearse").done()).contains("4 would stand, 0 would fail.");
    assertThat(typed("certificates", "rehearse", "--at", "2055-01-01T00:00:00Z").ended(1))
        .contains("FAILS", "EXPIRED", "remedy: renew the certificate", "4 would fail.");
    String stranger = TestCertificates.all().issuing().toString();
    assertThat(typed("certificates", "rehearse", "--lists", crl("root.crl"), "--json").ended(1))
        .contains("\"stands\":false", "CRL_MISSING");
    assertThat(
            typed(
                    "certificates",
                    "rehearse",
                    "--partner",
                    HOMERTON.asid().digits(),
                    "--anchors",
                    TestCertificates.all().root().toString(),
                    "--intermediates",
                    stranger)
                .done())
        .contains("2 would stand, 0 would fail.");
  }

  @Test
  void aSystemIsChangedWhileNoGatewayRunsAndTheAuditKeepsWhoDidIt() {
    TestStore.open(folder.resolve("store")).close();
    String asid = HOMERTON.asid().digits();
    String pem = TestCertificates.all().of(Group.CLINICAL, "gp").chain().toString();

    assertThat(systems(asid, "--suspend").done()).contains("it counts from the next start");
    assertThat(systems(asid).done()).contains(asid + "  Homerton ED  suspended");
    systems(asid, "--resume").done();
    systems(asid, "--add-signing", pem, "--from", "2027-01-01T00:00:00Z").done();
    String old = HOMERTON.signing().fingerprint().hex().substring(0, 12);
    systems(asid, "--end", old, "--until", "2027-02-01T00:00:00Z").done();

    assertThat(systems(asid).done())
        .doesNotContain("suspended")
        .containsPattern("signing " + old + ".* until 2027-02-01T00:00:00Z")
        .contains("from 2027-01-01T00:00:00Z");
    String colons = HOMERTON.tls().fingerprint().hex().toUpperCase(Locale.ROOT).substring(0, 12);
    systems(asid, "--end", colons.replaceAll("(..)(?!$)", "$1:"), "--until", "2027-03-01T00:00:00Z")
        .done();
    assertThat(systems(asid).done()).contains("until 2027-03-01T00:00:00Z");
    assertThat(systems(asid, "--end", "0123456789").ended(2)).contains("0 certificates of");
    assertThat(systems(asid, "--end", "").ended(2)).contains("eight digits or more");
    assertThat(systems(asid, "--end", old.substring(0, 7)).ended(2)).contains("eight digits");
    assertThat(systems(asid, "--from", "2027-01-01T00:00:00Z").ended(2)).contains("--from");
    assertThat(systems(asid, "--resume").ended(1)).contains("Nothing changed");
    assertThat(systems(asid, "--until", "yesterday").ended(2)).contains("--until");
    assertThat(systems("--suspend").ended(2)).contains("name the system by its ASID");
    assertThat(systems("999999999999", "--suspend").ended(2)).contains("there is no system");
    try (Store store = TestStore.open(folder.resolve("store"))) {
      List<AuditRecord> records = store.read(tx -> tx.audit().after(0, 100));
      assertThat(records)
          .extracting(AuditRecord::entry)
          .filteredOn(entry -> entry.event() == AuditEvent.REGISTRATION_CHANGED)
          .hasSizeGreaterThanOrEqualTo(3)
          .extracting(AuditEntry::operator)
          .allMatch(operator -> operator.isPresent());
    }
  }

  @Test
  void anAuthorityIsChangedWhileNoGatewayRunsAndTheAuditKeepsWhoDidItAndWhere() throws Exception {
    TestStore.open(folder.resolve("store")).close();
    DevelopmentCertificate tls = TestSystem.towerHamlets().tls();
    DevelopmentCertificate signing = TestSystem.towerHamlets().signing();
    assertThat(authorities("TWH").done()).isEqualToIgnoringNewLines("TWH  Authority TWH  pull");

    assertThat(
            authorities(
                    "TWH",
                    "--push",
                    "--endpoint",
                    "https://localhost:9443/",
                    "--receiver",
                    "200000000201",
                    "--add-tls",
                    tls.chain().toString(),
                    "--add-signing",
                    signing.chain().toString())
                .done())
        .contains("it counts from the next start");
    assertThat(authorities("TWH").done())
        .contains("Authority TWH  push", "https://localhost:9443/ of 200000000201")
        .containsPattern("TLS +" + tls.fingerprint())
        .containsPattern("signing " + signing.fingerprint());
    Path file = folder.resolve("directory").resolve("authorities.csv");
    Files.writeString(file, Files.readString(file).replace("Authority TWH", "Tower Hamlets"));
    String ended = signing.fingerprint().hex().substring(0, 12);
    String added = HOMERTON.signing().chain().toString();
    authorities("TWH", "--pull", "--add-signing", added, "--end", ended).done();
    assertThat(authorities().done())
        .contains("Tower Hamlets  pull", HOMERTON.signing().fingerprint().toString())
        .doesNotContain(signing.fingerprint().toString());
    assertThat(authorities("TWH", "--end", "0123456789").ended(2))
        .contains("0 certificates of TWH");
    assertThat(authorities("TWH", "--end", tls.fingerprint().hex()).ended(1))
        .contains("authority TWH: an endpoint needs server and signing certificates");
    assertThat(authorities("TWH", "--pull", "--push").ended(2)).contains("exclude each other");
    assertThat(authorities("--pull").ended(2)).contains("name the authority by its CODE");
    assertThat(authorities("TWH", "--endpoint", "http://localhost/").ended(1)).contains("https://");
    assertThat(authorities("TWH", "--receiver", "12").ended(1)).contains("authority TWH: ");
    assertThat(authorities("TWH", "--remove").ended(1)).contains("of no registered authority");

    try (Store store = TestStore.open(folder.resolve("store"))) {
      List<AuditRecord> records = store.read(tx -> tx.audit().after(0, 100));
      assertThat(records)
          .extracting(AuditRecord::entry)
          .extracting(each -> each.event() + " by " + each.operator().orElseThrow())
          .containsExactly(
              "REGISTRATION_FIRST_SEEN by files",
              "REGISTRATION_CHANGED by " + OperationsCall.user(),
              "REGISTRATION_CHANGED by files",
              "REGISTRATION_CHANGED by " + OperationsCall.user());
      assertThat(records.get(1).entry().operator()).contains(OperationsCall.operator());
    }
  }

  private static String crl(String name) {
    return TestCertificates.all().ca().resolve(name).toString();
  }

  private Typed systems(String... words) {
    return ofPartners("systems", words);
  }

  private Typed authorities(String... words) {
    return ofPartners("authorities", words);
  }

  private Typed ofPartners(String command, String... words) {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of(words));
    line.addAll(List.of("--operations", "http://127.0.0.1:1"));
    return typed(line.toArray(String[]::new));
  }

  private Typed typed(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--config", config.toString()));
    return Typed.of(line.toArray(String[]::new));
  }
}
