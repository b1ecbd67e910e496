package uk.cpis.gateway.testing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.AccessNotification.AccessDetails;
import uk.cpis.gateway.domain.AccessPatterns;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.ShownAccess;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.domain.Telephone;

/** Access notifications about a made-up child who is brought to Homerton at 2:10 in the morning. */
public final class SampleNotifications {
  private static final NhsNumber CHILD = new NhsNumber("9990000018");
  private static final Instant AT = Instant.parse("2026-11-21T02:10:00Z");
  private static final Organisation HOMERTON =
      new Organisation(new OdsCode("RQXM1"), "Homerton University Hospital emergency department");
  private static final JobRole CONSULTANT = new JobRole("R0260", "Consultant");

  private static final AccessPatterns.Counts ONCE = new AccessPatterns.Counts(1, 1, 1);

  private SampleNotifications() {}

  /** One of an active plan, with an id of its own. */
  public static AccessNotification of(OdsCode authority) {
    return of(authority, Optional.empty());
  }

  /** One of a plan that has ended. */
  public static AccessNotification ofEnded(OdsCode authority) {
    return of(authority, Optional.of(LocalDate.of(2026, 9, 1)));
  }

  private static AccessNotification of(OdsCode authority, Optional<LocalDate> end) {
    Plan plan =
        new Plan(
            new PlanKey(authority, CHILD, PlanType.LOOKED_AFTER),
            new PlanPeriod(LocalDate.of(2025, 3, 1), end),
            new Subject("Ó Briain", "Łucja Siân", LocalDate.of(2017, 5, 3)),
            Optional.of(authority + "-000001"),
            new SubmissionReference(new MessageId(UUID.randomUUID()), 7));
    AccessDetails access =
        new AccessDetails(
            AT,
            "Dr Pat Sample",
            CONSULTANT,
            HOMERTON,
            Optional.of(CareSetting.EMERGENCY_DEPARTMENT),
            Optional.of(new Telephone("020 7946 0000")));
    return new AccessNotification(
        NotificationId.of(UUID.randomUUID(), authority),
        12,
        AT,
        authority,
        CHILD,
        access,
        List.of(new NotifiedRecord(plan, end.isEmpty())),
        List.of(new ShownAccess(AT, "Dr Pat Sample", CONSULTANT, HOMERTON)),
        Optional.of(new AccessPatterns(ONCE, ONCE, ONCE)));
  }
}
