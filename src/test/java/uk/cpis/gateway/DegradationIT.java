package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.RegistrationChange;
import uk.cpis.gateway.operations.RegistrationOutcome.Refused;
import uk.cpis.gateway.operations.RegistrationOutcome.Taken;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.Crls;
import uk.cpis.gateway.pki.TrustAnchors;
import uk.cpis.gateway.store.AuditRecord;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestStore;

/** Until when revocation may be unknown, on a real store and over several starts. */
class DegradationIT {

  private static final String WHY = "the list of the issuing CA is late";

  private static final Operator A = new Operator("a.operator", "127.0.0.1");
  private static final Operator B = new Operator("b.operator", "127.0.0.1");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
  private final Instant dayAfter = clock.instant().plus(Duration.ofDays(2));
  @TempDir private Path folder;
  private Store store;
  private CertificatePaths paths;
  private int told;

  @BeforeEach
  void open() {
    store = TestStore.open(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatAnOperatorBeganLastsOverARestartUntilItsEnd() {
    assertThat(started().begin(tomorrow.toString(), WHY, A)).isInstanceOf(Taken.class);
    assertThat(paths.revocationUnknownUntil()).contains(tomorrow);
    assertThat(told).isEqualTo(1);

    started();
    assertThat(paths.revocationUnknownUntil()).contains(tomorrow);
    started(dayAfter);
    assertThat(paths.revocationUnknownUntil()).contains(dayAfter);
    clock.advance(Duration.ofDays(1));
    started();
    assertThat(paths.revocationUnknownUntil()).isEmpty();
  }

  @Test
  void neverLastsLongerThan72HoursAndNeverWithoutAReason() {
    Degradation degradation = started();
    Instant late = clock.instant().plus(Duration.ofHours(72)).plusMillis(1);

    for (String end : new String[] {late.toString(), clock.instant().toString(), "tomorrow"}) {
      assertThat(degradation.begin(end, WHY, A)).isInstanceOf(Refused.class);
    }
    assertThat(degradation.begin(tomorrow.toString(), " ", A)).isInstanceOf(Refused.class);
    assertThat(degradation.begin(tomorrow.toString(), "a\nb c", A)).isInstanceOf(Refused.class);
    assertThat(paths.revocationUnknownUntil()).isEmpty();
    assertThat(degradation.begin(late.minusMillis(1).toString(), WHY, A)).isInstanceOf(Taken.class);
  }

  @Test
  void whatWasEndedStaysEndedOverARestartUntilTheSettingsSayAnotherTime() {
    Degradation degradation = started(tomorrow);
    assertThat(paths.revocationUnknownUntil()).contains(tomorrow);
    degradation.begin(dayAfter.toString(), WHY, A);
    assertThat(paths.revocationUnknownUntil()).contains(dayAfter);

    assertThat(degradation.end(B)).isInstanceOf(Taken.class);
    assertThat(paths.revocationUnknownUntil()).isEmpty();
    assertThat(degradation.end(B)).isEqualTo(new Taken(List.of()));

    started(tomorrow);
    assertThat(paths.revocationUnknownUntil()).isEmpty();
    started(dayAfter);
    assertThat(paths.revocationUnknownUntil()).contains(dayAfter);
  }

  @Test
  void whatWasEndedStaysEndedWhateverAnOperatorBeginsAfterwards() {
    Instant soon = clock.instant().plus(Duration.ofHours(1));
    Degradation degradation = started(tomorrow);
    degradation.end(A);

    assertThat(degradation.begin(soon.toString(), WHY, B))
        .isEqualTo(new Taken(List.of("until=" + soon + " reason=" + WHY + " ended=" + tomorrow)));

    assertThat(paths.revocationUnknownUntil()).contains(soon);
    started(tomorrow);
    assertThat(paths.revocationUnknownUntil()).contains(soon);
    clock.advance(Duration.ofHours(1));
    started(tomorrow);
    assertThat(paths.revocationUnknownUntil()).isEmpty();
  }

  @Test
  void saysAndAuditsWhenTheSettingsHaveItLastLongerThanWasAskedFor() {
    Instant soon = clock.instant().plus(Duration.ofHours(1));

    assertThat(started(tomorrow).begin(soon.toString(), WHY, A))
        .isEqualTo(
            new Taken(List.of("until=" + soon + " reason=" + WHY + " in-force-until=" + tomorrow)));

    assertThat(paths.revocationUnknownUntil()).contains(tomorrow);
    await()
        .untilAsserted(
            () ->
                assertThat(changes())
                    .singleElement()
                    .asString()
                    .endsWith("\nin-force-until=" + tomorrow));
  }

  @Test
  void theAuditHasWhoBeganAndEndedItAndWhy() {
    Degradation degradation = started();
    degradation.begin(tomorrow.toString(), WHY, A);
    degradation.end(B);

    await()
        .untilAsserted(
            () ->
                assertThat(changes())
                    .containsExactly(
                        "a.operator until=" + tomorrow + "\nreason=" + WHY, "b.operator ended"));
  }

  /** As they are numbered, which is a moment after they are kept. */
  private List<String> changes() {
    List<AuditRecord> audited = store.read(tx -> tx.audit().after(0, 100));
    return audited.stream()
        .filter(each -> each.entry().event() == AuditEvent.REVOCATION_UNKNOWN_CHANGED)
        .map(each -> each.entry().operator().orElseThrow() + " " + after(each))
        .toList();
  }

  private String after(AuditRecord record) {
    Optional<RegistrationChange> change =
        store.read(tx -> tx.registration().change(record.entry().id()));
    return change.orElseThrow().after().orElseThrow();
  }

  private Degradation started(Instant... setting) {
    paths =
        new CertificatePaths(
            TrustAnchors.fromPem(List.of(TestCertificates.all().root()), List.of()), Crls.NONE);
    Audit audit = new Audit(store, clock, UUID::randomUUID, Duration.ofSeconds(10));
    return new Degradation(
        setting.length == 0 ? Optional.empty() : Optional.of(setting[0]),
        paths,
        new RegistrationAudit(store, audit),
        clock,
        () -> told++);
  }
}
