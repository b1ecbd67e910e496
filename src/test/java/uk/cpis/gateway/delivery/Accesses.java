package uk.cpis.gateway.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AccessMode;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.OwedNotification;
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

/** Examples of what is owed to authorities. */
final class Accesses {

  private static final NhsNumber CHILD = new NhsNumber("9990000018");
  private static final OdsCode HOMERTON = new OdsCode("RQXM1");

  private Accesses() {}

  static LocalAuthority authority(OdsCode code) {
    Contacts contacts = new Contacts(new Telephone("020 7946 0001"), Optional.empty());
    return new LocalAuthority(code, "Authority " + code, "London", contacts);
  }

  static OwedNotification owed(OdsCode authority) {
    Plan plan =
        new Plan(
            new PlanKey(authority, CHILD, PlanType.LOOKED_AFTER),
            new PlanPeriod(LocalDate.of(2025, 1, 31), Optional.empty()),
            new Subject("Ó Briain", "Łucja", LocalDate.of(2015, 2, 28)),
            Optional.of("local-1"),
            new SubmissionReference(new MessageId(UUID.randomUUID()), 7));
    return new OwedNotification(authority, List.of(new NotifiedRecord(plan, true)));
  }

  static Access access(Instant at) {
    Author nurse =
        new Author.Person(
            "user-1",
            Optional.empty(),
            new JobRole("R0260", "Nurse"),
            new StaffName(Optional.empty(), Optional.of("Siân"), "Example"),
            new Organisation(HOMERTON, "Homerton University Hospital"),
            Optional.empty());
    return new Access(
        UUID.randomUUID(),
        new MessageId(UUID.randomUUID()),
        new ContentDigest("cd".repeat(32)),
        at,
        sender(),
        CHILD,
        nurse,
        AccessMode.NOTIFYING,
        Optional.of(CareSetting.EMERGENCY_DEPARTMENT),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  private static Sender sender() {
    CertificateFingerprint certificate = new CertificateFingerprint("ab".repeat(32));
    AccreditedSystem system =
        new AccreditedSystem(
            new Asid("200000000001"),
            "Homerton emergency department",
            Optional.empty(),
            Set.of(HOMERTON),
            Set.of(Interaction.QUERY),
            Set.of(ActivityCode.B0107),
            Optional.empty(),
            Optional.empty(),
            SignatureKind.RSA);
    return new Sender(system, certificate, certificate, "127.0.0.1");
  }
}
