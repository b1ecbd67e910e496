package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shown, recorded and notified are three things (rules 3, 4 and 5). */
class AccessTest {

  @ParameterizedTest
  @EnumSource(CareSetting.class)
  void onlyUnscheduledAccessesMayBeShown(CareSetting setting) {
    assertThat(access(AccessMode.NOTIFYING, Optional.of(setting), 1).showable())
        .isEqualTo(!setting.scheduled());
    assertThat(access(AccessMode.NOTIFYING, Optional.of(setting), 1).scheduled())
        .isEqualTo(setting.scheduled());
  }

  @Test
  void anAccessWithoutASettingCountsAsUnscheduled() {
    Access access = access(AccessMode.NOTIFYING, Optional.empty(), 1);

    assertThat(access.scheduled()).isFalse();
    assertThat(access.showable()).isTrue();
  }

  @Test
  void aSilentReadIsNeverShown() {
    assertThat(access(AccessMode.SILENT, Optional.of(CareSetting.GENERAL_PRACTICE), 1).showable())
        .isFalse();
    assertThat(access(AccessMode.SILENT, Optional.empty(), 1).showable()).isFalse();
  }

  @Test
  void anAccessThatFoundNothingIsNoHistory() {
    assertThat(access(AccessMode.NOTIFYING, Optional.empty(), 0).showable()).isFalse();
  }

  private static Access access(AccessMode mode, Optional<CareSetting> setting, int found) {
    Organisation homerton = new Organisation(new OdsCode("RQX"), "Homerton");
    Asid asid = new Asid("200000000101");
    CertificateFingerprint certificate = new CertificateFingerprint("ab".repeat(32));
    AccreditedSystem system =
        new AccreditedSystem(
            asid,
            "Homerton",
            Optional.empty(),
            Set.of(homerton.code()),
            Set.of(Interaction.QUERY),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            SignatureKind.RSA);
    return new Access(
        new UUID(1, 1),
        new MessageId(new UUID(1, 2)),
        new ContentDigest("0".repeat(64)),
        Instant.parse("2026-03-02T02:00:00Z"),
        new Sender(system, certificate, certificate, "192.0.2.1"),
        new NhsNumber("9990000018"),
        new Author.Device(
            asid,
            homerton,
            new StaffName(Optional.empty(), Optional.empty(), "Exampleton"),
            new JobRole("R0050", "Consultant"),
            Optional.empty()),
        mode,
        setting,
        Optional.empty(),
        Optional.empty(),
        found);
  }
}
