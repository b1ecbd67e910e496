package uk.cpis.gateway.testing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.domain.StaffName;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.domain.Telephone;

/** The people and places of the story that the tests tell, all made up. */
public final class Examples {

  /** Somebody at the gateway itself. */
  public static final Operator OPERATOR = new Operator("a.operator", "127.0.0.1");

  public static final NhsNumber CHILD = new NhsNumber("9990000018");
  public static final NhsNumber OTHER_CHILD = new NhsNumber("9990000026");
  public static final NhsNumber MOTHER = new NhsNumber("9990000034");

  public static final OdsCode TOWER_HAMLETS = new OdsCode("TWH");
  public static final OdsCode HACKNEY = new OdsCode("HCK");
  public static final OdsCode HOMERTON = new OdsCode("RQX01");

  public static final Subject LUCJA = new Subject("Ó Briain", "Łucja", LocalDate.of(2015, 3, 14));

  private static final CertificateFingerprint CERTIFICATE =
      new CertificateFingerprint("ab".repeat(32));

  private Examples() {}

  public static MessageId newMessageId() {
    return new MessageId(UUID.randomUUID());
  }

  public static LocalAuthority towerHamlets() {
    return new LocalAuthority(TOWER_HAMLETS, "Tower Hamlets", "London", contacts("020 7946 0001"));
  }

  public static LocalAuthority hackney() {
    return new LocalAuthority(HACKNEY, "Hackney", "London", contacts("020 7946 0003"));
  }

  public static Contacts contacts(String emergencyDutyTeam) {
    return new Contacts(new Telephone(emergencyDutyTeam), Optional.empty());
  }

  /** A plan that started some time ago, without an end. */
  public static Plan plan(OdsCode authority, NhsNumber person, PlanType type) {
    return plan(authority, person, type, Optional.empty());
  }

  public static Plan plan(
      OdsCode authority, NhsNumber person, PlanType type, Optional<LocalDate> end) {
    return new Plan(
        new PlanKey(authority, person, type),
        new PlanPeriod(LocalDate.of(2025, 1, 31), end),
        LUCJA,
        Optional.of("case-" + type.code()),
        new SubmissionReference(newMessageId(), 7));
  }

  /** Łucja as demographics know her, under this number. */
  public static DemographicPerson current(NhsNumber number) {
    return person(number, DemographicPerson.Status.CURRENT, Optional.empty());
  }

  public static DemographicPerson person(
      NhsNumber number, DemographicPerson.Status status, Optional<NhsNumber> replacement) {
    return new DemographicPerson(
        number,
        LUCJA.familyName(),
        List.of(LUCJA.givenName(), "Maria"),
        LUCJA.dateOfBirth(),
        status,
        replacement,
        Optional.empty());
  }

  /** A nurse at Homerton who leaves no telephone number. */
  public static Author nurse(String userId) {
    return new Author.Person(
        userId,
        Optional.of("role-" + userId),
        new JobRole("R0260", "Nurse"),
        new StaffName(Optional.empty(), Optional.of("Siân"), "Nurse-" + userId),
        new Organisation(HOMERTON, "Homerton University Hospital"),
        Optional.empty());
  }

  /** Homerton's system, registered for both ways of looking. */
  public static Sender homerton() {
    return new Sender(
        new AccreditedSystem(
            new Asid("200000000117"),
            "Homerton emergency department",
            Optional.empty(),
            Set.of(HOMERTON),
            Set.of(Interaction.QUERY),
            Set.of(ActivityCode.B0107, ActivityCode.B0170),
            Optional.empty(),
            Optional.empty(),
            SignatureKind.RSA),
        CERTIFICATE,
        CERTIFICATE,
        "127.0.0.1");
  }

  /** The system of an authority, registered for all that authorities do. */
  public static Sender socialCareOf(OdsCode authority) {
    return socialCareOf(authority, Optional.empty());
  }

  public static Sender socialCareOf(OdsCode authority, Optional<String> minimumProductVersion) {
    return new Sender(
        new AccreditedSystem(
            new Asid(authority.equals(TOWER_HAMLETS) ? "200000000201" : "200000000301"),
            "Social care of " + authority,
            Optional.of(authority),
            Set.of(authority),
            Set.of(
                Interaction.UPDATE,
                Interaction.DELETE,
                Interaction.HOLDINGS,
                Interaction.ACCESS_HISTORY,
                Interaction.COLLECT,
                Interaction.ACKNOWLEDGE),
            Set.of(),
            Optional.empty(),
            minimumProductVersion,
            SignatureKind.RSA),
        CERTIFICATE,
        CERTIFICATE,
        "127.0.0.1");
  }
}
