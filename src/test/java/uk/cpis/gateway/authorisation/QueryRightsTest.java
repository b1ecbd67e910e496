package uk.cpis.gateway.authorisation;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.domain.AccessMode.NOTIFYING;
import static uk.cpis.gateway.domain.AccessMode.SILENT;
import static uk.cpis.gateway.domain.ActivityCode.B0107;
import static uk.cpis.gateway.domain.ActivityCode.B0170;
import static uk.cpis.gateway.domain.CareSetting.EMERGENCY_DEPARTMENT;
import static uk.cpis.gateway.domain.CareSetting.SEXUAL_ASSAULT_REFERRAL_CENTRE;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.AccessMode;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.domain.StaffName;

/** Rules 2 and 3, one test for each row of the table. */
class QueryRightsTest {

  private static final Asid ASID = new Asid("200000000117");
  private static final Organisation HOMERTON =
      new Organisation(new OdsCode("RQX01"), "Homerton University Hospital");
  private static final JobRole NURSE = new JobRole("R0260", "Nurse");
  private static final StaffName NAME =
      new StaffName(Optional.empty(), Optional.of("Siân"), "Testnurse");
  private static final Author USER =
      new Author.Person("U1", Optional.empty(), NURSE, NAME, HOMERTON, Optional.empty());
  private static final Optional<CareSetting> NONE = Optional.empty();
  private static final Optional<CareSetting> SCHEDULED =
      Optional.of(SEXUAL_ASSAULT_REFERRAL_CENTRE);
  private static final Optional<CareSetting> UNSCHEDULED = Optional.of(EMERGENCY_DEPARTMENT);

  @Test
  void unscheduledCareWithB0107Notifies() {
    assertThat(right(system(NONE, B0107), UNSCHEDULED, B0107)).isEqualTo(allowed(NOTIFYING));
  }

  @Test
  void unscheduledCareWithB0170IsRefused() {
    assertThat(right(system(NONE, B0107, B0170), UNSCHEDULED, B0170))
        .isEqualTo(refused(RejectionReason.ACTIVITY_NOT_ALLOWED));
  }

  @Test
  void scheduledCareWithB0107Notifies() {
    assertThat(right(system(NONE, B0107, B0170), SCHEDULED, B0107))
        .isEqualTo(new QueryRight.Allowed(NOTIFYING, SCHEDULED));
  }

  @Test
  void scheduledCareWithB0170ReadsSilently() {
    assertThat(right(system(NONE, B0170), SCHEDULED, B0170))
        .isEqualTo(new QueryRight.Allowed(SILENT, SCHEDULED));
  }

  @Test
  void aSilentReadBySystemsNotRegisteredForItIsRefused() {
    assertThat(right(system(NONE, B0107), SCHEDULED, B0170))
        .isEqualTo(refused(RejectionReason.ACTIVITY_NOT_ALLOWED));
  }

  @Test
  void withoutASettingTheRegisteredOneCounts() {
    assertThat(right(system(SCHEDULED, B0170), NONE, B0170))
        .isEqualTo(new QueryRight.Allowed(SILENT, SCHEDULED));
    assertThat(right(system(UNSCHEDULED, B0107), NONE, B0107)).isEqualTo(allowed(NOTIFYING));
  }

  @Test
  void theSettingInTheMessageCountsBeforeTheRegisteredOne() {
    assertThat(right(system(SCHEDULED, B0107, B0170), UNSCHEDULED, B0170))
        .isEqualTo(refused(RejectionReason.ACTIVITY_NOT_ALLOWED));
  }

  @Test
  void withoutAnySettingCareIsUnscheduledAndNotifies() {
    assertThat(right(system(NONE, B0107, B0170), NONE, B0107))
        .isEqualTo(new QueryRight.Allowed(NOTIFYING, NONE));
    assertThat(right(system(NONE, B0107, B0170), NONE, B0170))
        .isEqualTo(refused(RejectionReason.ACTIVITY_NOT_ALLOWED));
  }

  @Test
  void aSystemForSilentReadsOnlyCanNeverCauseANotification() {
    for (Optional<CareSetting> setting : List.of(NONE, SCHEDULED, UNSCHEDULED)) {
      assertThat(right(system(NONE, B0170), setting, B0107))
          .isEqualTo(refused(RejectionReason.ACTIVITY_NOT_ALLOWED));
    }
    assertThat(right(system(NONE, B0170), NONE, B0170))
        .isEqualTo(refused(RejectionReason.ACTIVITY_NOT_ALLOWED));
  }

  @Test
  void refusesASystemNotRegisteredForQueries() {
    AccreditedSystem system = system(Set.of(Interaction.UPDATE), NONE, B0107);
    assertThat(QueryRights.of(system, query(USER, UNSCHEDULED, B0107)))
        .isEqualTo(refused(RejectionReason.INTERACTION_NOT_ALLOWED));
  }

  @Test
  void refusesAnAuthorOfAnotherOrganisation() {
    Organisation other = new Organisation(new OdsCode("RJ100"), "Elsewhere");
    Author stranger =
        new Author.Person("U1", Optional.empty(), NURSE, NAME, other, Optional.empty());
    assertThat(QueryRights.of(system(NONE, B0107), query(stranger, UNSCHEDULED, B0107)))
        .isEqualTo(refused(RejectionReason.ORGANISATION_NOT_ALLOWED));
  }

  @Test
  void takesADeviceOnlyUnderTheAsidOfTheSender() {
    Author own = new Author.Device(ASID, HOMERTON, NAME, NURSE, Optional.empty());
    Author other =
        new Author.Device(new Asid("200000000999"), HOMERTON, NAME, NURSE, Optional.empty());
    assertThat(QueryRights.of(system(NONE, B0107), query(own, UNSCHEDULED, B0107)))
        .isEqualTo(allowed(NOTIFYING));
    assertThat(QueryRights.of(system(NONE, B0107), query(other, UNSCHEDULED, B0107)))
        .isEqualTo(refused(RejectionReason.DEVICE_NOT_SENDER));
  }

  private static QueryRight right(
      AccreditedSystem system, Optional<CareSetting> setting, ActivityCode code) {
    return QueryRights.of(system, query(USER, setting, code));
  }

  private static QueryRight allowed(AccessMode mode) {
    return new QueryRight.Allowed(mode, UNSCHEDULED);
  }

  private static QueryRight refused(RejectionReason reason) {
    return new QueryRight.Refused(reason);
  }

  private static PlanQuery query(Author author, Optional<CareSetting> setting, ActivityCode code) {
    return new PlanQuery(
        new MessageId(new UUID(0, 1)),
        new ContentDigest("0".repeat(64)),
        new NhsNumber("9990000018"),
        author,
        code,
        setting);
  }

  private static AccreditedSystem system(
      Optional<CareSetting> defaultSetting, ActivityCode... codes) {
    return system(Set.of(Interaction.QUERY), defaultSetting, codes);
  }

  private static AccreditedSystem system(
      Set<Interaction> interactions, Optional<CareSetting> defaultSetting, ActivityCode... codes) {
    return new AccreditedSystem(
        ASID,
        "Test system",
        Optional.empty(),
        Set.of(HOMERTON.code()),
        interactions,
        Set.of(codes),
        defaultSetting,
        Optional.empty(),
        SignatureKind.RSA);
  }
}
