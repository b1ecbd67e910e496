package uk.cpis.gateway.store;

import java.nio.file.Path;
import java.time.Duration;
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
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.DemographicNews;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.OwedNews;
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
import uk.cpis.gateway.testing.TestStore;

/** Named examples for the tests of the store. */
final class Examples {

  static final EncryptionKey KEY = TestStore.KEY;
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
  static final NhsNumber CHILD = new NhsNumber("9990000018");
  static final NhsNumber OTHER_CHILD = new NhsNumber("9990000026");
  static final OdsCode TOWER_HAMLETS = new OdsCode("TWH");
  static final OdsCode HACKNEY = new OdsCode("HCK");

  private static final Asid HOMERTON_SYSTEM = new Asid("200000000001");
  private static final CertificateFingerprint CERTIFICATE =
      new CertificateFingerprint("ab".repeat(32));
  private static final ContentDigest DIGEST = new ContentDigest("cd".repeat(32));
  private static final Contacts TELEPHONES =
      new Contacts(new Telephone("020 7946 0001"), Optional.of(new Telephone("020 7946 0002")));

  private Examples() {}

  /** The store in this folder; where the folder is empty, a copy of one that was made before. */
  static Store open(Path directory) {
    TestStore.make(directory);
    return Store.open(settings(directory));
  }

  static StoreSettings settings(Path directory) {
    return new StoreSettings(directory, KEY, 2_000, Duration.ofSeconds(30), 8, 1_000, 64);
  }

  static LocalAuthority authority(OdsCode code) {
    return new LocalAuthority(code, "Authority " + code, "London", TELEPHONES);
  }

  static Store withAuthorities(Store store) {
    store.change(
        tx ->
            List.of(TOWER_HAMLETS, HACKNEY).forEach(a -> tx.authorities().register(authority(a))));
    return store;
  }

  static Plan plan(OdsCode authority, NhsNumber person, PlanType type) {
    return plan(authority, person, type, Optional.empty());
  }

  static Plan plan(OdsCode authority, NhsNumber person, PlanType type, Optional<LocalDate> end) {
    return new Plan(
        new PlanKey(authority, person, type),
        new PlanPeriod(LocalDate.of(2025, 1, 31), end),
        new Subject("Ó Briain", "Łucja", LocalDate.of(2015, 2, 28)),
        Optional.of("local-" + type.code()),
        new SubmissionReference(new MessageId(UUID.randomUUID()), 7));
  }

  static OwedNotification owed(Plan... plans) {
    return new OwedNotification(
        plans[0].key().authority(),
        List.of(plans).stream().map(plan -> new NotifiedRecord(plan, true)).toList());
  }

  /** The one notification that an access recorded there owes Tower Hamlets. */
  static NotificationId owing(Store store) {
    Access access = access("U1", NOON);
    store
        .writer()
        .submit(access, List.of(owed(plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER))))
        .join();
    return NotificationId.of(access.id(), TOWER_HAMLETS);
  }

  static OwedNews news(DemographicNews news, Plan... plans) {
    OwedNotification owed = owed(plans);
    return new OwedNews(owed.authority(), news, owed.records());
  }

  static Author nurse(String userId) {
    return new Author.Person(
        userId,
        Optional.of("role-" + userId),
        new JobRole("R0260", "Nurse"),
        new StaffName(Optional.of("Ms"), Optional.of("Siân"), "User" + userId),
        new Organisation(new OdsCode("RQXM1"), "Homerton University Hospital"),
        Optional.of(new Telephone("020 7946 0100")));
  }

  static Access access(String userId, Instant at) {
    return access(new MessageId(UUID.randomUUID()), CHILD, nurse(userId), at, 1);
  }

  static Access access(
      MessageId messageId, NhsNumber person, Author author, Instant at, int recordsFound) {
    return new Access(
        UUID.randomUUID(),
        messageId,
        DIGEST,
        at,
        sender(),
        person,
        author,
        AccessMode.NOTIFYING,
        Optional.of(CareSetting.EMERGENCY_DEPARTMENT),
        Optional.of(new Telephone("020 7946 0200")),
        Optional.of("London"),
        recordsFound);
  }

  /** One that notifies and is in no history. */
  static Access scheduledAccess(String userId, Instant at) {
    Access access = access(userId, at);
    return new Access(
        access.id(),
        access.messageId(),
        access.digest(),
        access.at(),
        access.sender(),
        access.person(),
        access.author(),
        access.mode(),
        Optional.of(CareSetting.COMMUNITY_PAEDIATRICS),
        access.ringBack(),
        access.region(),
        access.recordsFound());
  }

  static AuditEntry refusal() {
    return new AuditEntry(
        UUID.randomUUID(),
        NOON,
        AuditEvent.MESSAGE_REFUSED,
        "INTERACTION_NOT_ALLOWED",
        Optional.of(AuditEntry.Origin.of(sender())),
        Optional.empty(),
        Optional.of(new MessageId(UUID.randomUUID())),
        Optional.of(CHILD),
        Optional.empty(),
        Optional.empty());
  }

  static Sender sender() {
    AccreditedSystem system =
        new AccreditedSystem(
            HOMERTON_SYSTEM,
            "Homerton emergency department",
            Optional.empty(),
            Set.of(new OdsCode("RQXM1")),
            Set.of(Interaction.QUERY),
            Set.of(ActivityCode.B0107),
            Optional.empty(),
            Optional.empty(),
            SignatureKind.RSA);
    return new Sender(system, CERTIFICATE, CERTIFICATE, "127.0.0.1");
  }
}
