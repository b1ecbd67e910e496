package uk.cpis.gateway.authorisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.domain.StaffName;

/**
 * Rule 3, the whole table: where the user is (as the message says, or else as the system is
 * registered), what she may, and what the system is registered for.
 */
class SilentReadDecisionTest {

  private static final Asid ASID = new Asid("200000000117");
  private static final OdsCode HOMERTON = new OdsCode("RQX01");

  @ParameterizedTest(name = "in {0} care (registered: {1}) a {2} of a system for {3} is {4}")
  @CsvSource({
    // The message says that care is unscheduled: always told, never silent.
    "unscheduled, none,        B0107, B0107+B0170, NOTIFYING",
    "unscheduled, none,        B0107, B0107,       NOTIFYING",
    "unscheduled, none,        B0107, B0170,       REFUSED",
    "unscheduled, none,        B0170, B0107+B0170, REFUSED",
    "unscheduled, none,        B0170, B0107,       REFUSED",
    "unscheduled, none,        B0170, B0170,       REFUSED",
    "unscheduled, scheduled,   B0107, B0107+B0170, NOTIFYING",
    "unscheduled, scheduled,   B0170, B0107+B0170, REFUSED",
    "unscheduled, scheduled,   B0170, B0170,       REFUSED",
    // The message says that care is scheduled: silent only with the right code and registration.
    "scheduled,   none,        B0107, B0107+B0170, NOTIFYING",
    "scheduled,   none,        B0107, B0107,       NOTIFYING",
    "scheduled,   none,        B0107, B0170,       REFUSED",
    "scheduled,   none,        B0170, B0107+B0170, SILENT",
    "scheduled,   none,        B0170, B0170,       SILENT",
    "scheduled,   none,        B0170, B0107,       REFUSED",
    "scheduled,   unscheduled, B0170, B0107+B0170, SILENT",
    "scheduled,   unscheduled, B0107, B0107+B0170, NOTIFYING",
    // The message says nothing: the registered setting counts.
    "none,        scheduled,   B0170, B0107+B0170, SILENT",
    "none,        scheduled,   B0170, B0170,       SILENT",
    "none,        scheduled,   B0107, B0107+B0170, NOTIFYING",
    "none,        scheduled,   B0107, B0170,       REFUSED",
    "none,        scheduled,   B0170, B0107,       REFUSED",
    "none,        unscheduled, B0107, B0107+B0170, NOTIFYING",
    "none,        unscheduled, B0170, B0107+B0170, REFUSED",
    "none,        unscheduled, B0170, B0170,       REFUSED",
    // Nobody says anything: unscheduled, towards telling; a silent system never tells.
    "none,        none,        B0107, B0107+B0170, NOTIFYING",
    "none,        none,        B0107, B0107,       NOTIFYING",
    "none,        none,        B0107, B0170,       REFUSED",
    "none,        none,        B0170, B0107+B0170, REFUSED",
    "none,        none,        B0170, B0170,       REFUSED",
    "none,        none,        B0170, B0107,       REFUSED",
  })
  void isDecidedByTheTable(
      String stated, String registered, ActivityCode code, String codes, String ruling) {
    QueryRight right =
        QueryRights.of(system(setting(registered), codes), query(setting(stated), code));

    String decided =
        right instanceof QueryRight.Allowed allowed ? allowed.mode().name() : "REFUSED";
    assertThat(decided).isEqualTo(ruling);
  }

  @ParameterizedTest(name = "{0} is {1} care")
  @CsvSource({
    "EMERGENCY_DEPARTMENT, unscheduled",
    "WALK_IN_CENTRE, unscheduled",
    "MINOR_INJURY_UNIT, unscheduled",
    "URGENT_TREATMENT_CENTRE, unscheduled",
    "OUT_OF_HOURS_GP, unscheduled",
    "NHS_111, unscheduled",
    "PAEDIATRIC_WARD, unscheduled",
    "MATERNITY_UNIT, unscheduled",
    "AMBULANCE_SERVICE, unscheduled",
    "GENERAL_PRACTICE, scheduled",
    "CHILD_ADOLESCENT_MENTAL_HEALTH, scheduled",
    "HEALTH_VISITING_SCHOOL_NURSING, scheduled",
    "COMMUNITY_PAEDIATRICS, scheduled",
    "DENTISTRY, scheduled",
    "TERMINATION_OF_PREGNANCY_SERVICE, scheduled",
    "SEXUAL_ASSAULT_REFERRAL_CENTRE, scheduled",
  })
  void eachSettingIsOfItsKind(CareSetting setting, String kind) {
    assertThat(setting.scheduled()).isEqualTo(kind.equals("scheduled"));
  }

  private static Optional<CareSetting> setting(String kind) {
    return switch (kind) {
      case "scheduled" -> Optional.of(CareSetting.SEXUAL_ASSAULT_REFERRAL_CENTRE);
      case "unscheduled" -> Optional.of(CareSetting.EMERGENCY_DEPARTMENT);
      default -> Optional.empty();
    };
  }

  private static PlanQuery query(Optional<CareSetting> setting, ActivityCode code) {
    return new PlanQuery(
        new MessageId(new UUID(0, 1)),
        new ContentDigest("0".repeat(64)),
        new NhsNumber("9990000018"),
        new Author.Person(
            "U1",
            Optional.empty(),
            new JobRole("R0260", "Nurse"),
            new StaffName(Optional.empty(), Optional.of("Siân"), "Testnurse"),
            new Organisation(HOMERTON, "Homerton University Hospital"),
            Optional.empty()),
        code,
        setting);
  }

  private static AccreditedSystem system(Optional<CareSetting> registered, String codes) {
    return new AccreditedSystem(
        ASID,
        "Clinical system",
        Optional.empty(),
        Set.of(HOMERTON),
        Set.of(Interaction.QUERY),
        Arrays.stream(codes.split("\\+")).map(ActivityCode::valueOf).collect(Collectors.toSet()),
        registered,
        Optional.empty(),
        SignatureKind.RSA);
  }
}
