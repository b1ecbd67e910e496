package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What lands in a log line or an exception by accident says nothing of a person. */
class RedactionTest {

  private static final NhsNumber CHILD = new NhsNumber("9990000018");
  private static final OdsCode TOWER_HAMLETS = new OdsCode("TWH");
  private static final Organisation HOMERTON = new Organisation(new OdsCode("RQX"), "Homerton");
  private static final JobRole CONSULTANT = new JobRole("R0050", "Consultant");
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void noTextOfAValueHasANumberANameADateOfBirthOrAnIdentifier() {
    StaffName name = new StaffName(Optional.of("Dr"), Optional.of("Amara"), "Exampleton");
    Plan plan =
        new Plan(
            new PlanKey(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER),
            new PlanPeriod(LocalDate.of(2025, 1, 2), Optional.empty()),
            new Subject("Testwell", "Robin", LocalDate.of(2018, 4, 1)),
            Optional.of("case-4711"),
            new SubmissionReference(new MessageId(new UUID(1, 2)), 3));
    AccessNotification notification =
        new AccessNotification(
            new NotificationId(new UUID(3, 4)),
            1,
            NOON,
            TOWER_HAMLETS,
            CHILD,
            new AccessNotification.AccessDetails(
                NOON, name.full(), CONSULTANT, HOMERTON, Optional.empty(), Optional.empty()),
            List.of(new NotifiedRecord(plan, true)),
            List.of(new ShownAccess(NOON, name.full(), CONSULTANT, HOMERTON)),
            Optional.empty());
    Author author =
        new Author.Person("user-1", Optional.empty(), CONSULTANT, name, HOMERTON, Optional.empty());

    assertThat(notification + " " + author)
        .contains("TWH", "RQX")
        .doesNotContain("9990000018", "Exampleton", "Amara", "Testwell", "Robin")
        .doesNotContain("2018-04-01", "case-4711");
  }

  @Test
  void eachValueSaysInWordsThatItIsKeptBack() {
    assertThat(CHILD).hasToString("NhsNumber[redacted]");
    assertThat(new Subject("Testwell", "Robin", LocalDate.of(2018, 4, 1)))
        .hasToString("Subject[redacted]");
    assertThat(new StaffName(Optional.empty(), Optional.empty(), "Exampleton"))
        .hasToString("StaffName[redacted]");
  }
}
