package uk.cpis.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.contract.notification.AccessNotificationRequest;
import uk.cpis.gateway.contract.notification.NotificationAnswerType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.contract.types.CareKindCode;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.AccessPatterns;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.AuthorityAnswer;
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
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.domain.Telephone;

class NotificationWireTest {

  private static final Parties PARTIES =
      new Parties(new Asid("200000000001"), new Asid("200000000002"));
  private static final UUID ID = UUID.fromString("0b8a1c9e-53a5-3c2b-9b1f-0d2f6f3f6d11");

  @Test
  void writesWhatTheSchemaAsksFor() {
    AccessNotificationRequest request =
        NotificationWire.write(
            notification(
                Optional.of(CareSetting.EMERGENCY_DEPARTMENT),
                record(PlanType.LOOKED_AFTER, "Łucja", 4)),
            PARTIES);

    assertThat(Contract.xml(request, "notification.xsd"))
        .contains(ID.toString(), "emergency-department", "020 7946 0099", "CHILD-1");
  }

  @Test
  void namesThePersonAsTheAuthorityDidLast() {
    AccessNotificationRequest request =
        NotificationWire.write(
            notification(
                Optional.empty(),
                record(PlanType.LOOKED_AFTER, "Newest", 9),
                record(PlanType.CHILD_PROTECTION, "Older", 4)),
            PARTIES);

    assertThat(request.getNotification().getSubject().getFamilyName()).isEqualTo("Newest");
  }

  @Test
  void countsAnAccessWithoutSettingAsUnscheduled() {
    AccessNotificationRequest request =
        NotificationWire.write(
            notification(Optional.empty(), record(PlanType.LOOKED_AFTER, "Łucja", 4)), PARTIES);

    assertThat(request.getNotification().getAccess().getCareKind())
        .isEqualTo(CareKindCode.UNSCHEDULED);
  }

  @Test
  void readsEveryAnswerOfTheContract() {
    for (AnswerCode code : AnswerCode.values()) {
      NotificationAnswerType answer = new NotificationAnswerType();
      answer.setNotificationId(ID.toString());
      answer.setAnswer(code);

      assertThat(NotificationWire.read(answer))
          .isEqualTo(
              new NotificationWire.Answer(
                  new NotificationId(ID), AuthorityAnswer.valueOf(code.name())));
    }
  }

  private static AccessNotification notification(
      Optional<CareSetting> setting, NotifiedRecord... records) {
    return new AccessNotification(
        new NotificationId(ID),
        3,
        Instant.parse("2026-11-21T02:10:00.250Z"),
        new OdsCode("TWH"),
        new NhsNumber("9990000018"),
        new AccessNotification.AccessDetails(
            Instant.parse("2026-11-21T02:10:00.200Z"),
            "Dr Siân Synthetic",
            new JobRole("R0260", "Consultant"),
            new Organisation(new OdsCode("RQX01"), "Homerton"),
            setting,
            Optional.of(new Telephone("020 7946 0099"))),
        List.of(records),
        List.of(),
        Optional.of(
            new AccessPatterns(
                new AccessPatterns.Counts(1, 1, 0),
                new AccessPatterns.Counts(3, 2, 1),
                new AccessPatterns.Counts(5, 4, 2))));
  }

  private static NotifiedRecord record(PlanType type, String familyName, long sequenceNumber) {
    return new NotifiedRecord(
        new Plan(
            new PlanKey(new OdsCode("TWH"), new NhsNumber("9990000018"), type),
            new PlanPeriod(LocalDate.of(2026, 1, 5), Optional.empty()),
            new Subject(familyName, "Synthetic", LocalDate.of(2018, 4, 1)),
            Optional.of("CHILD-1"),
            new SubmissionReference(new MessageId(new UUID(1, 2)), sequenceNumber)),
        true);
  }
}
