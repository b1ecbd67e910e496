package uk.cpis.gateway.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.contract.notification.AccessNotificationType;
import uk.cpis.gateway.contract.notification.BirthNotificationType;
import uk.cpis.gateway.contract.notification.InactiveNhsNumberNotificationType;
import uk.cpis.gateway.contract.notification.WithdrawalNotificationType;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.testing.SampleNotifications;
import uk.cpis.gateway.wire.NotificationWire;
import uk.cpis.gateway.wire.Parties;

class TaskTextsTest {
  private static final OdsCode TWH = new OdsCode("TWH");

  @Test
  void tellsWhomToRingAboutWhatAndByWhen() {
    assertThat(TaskTexts.of(written(SampleNotifications.of(TWH))))
        .isEqualTo(
            """
            Ring 020 7946 0000 (Homerton University Hospital emergency department).
            The record of Łucja Siân Ó Briain (NHS number 999 000 0018, born 3 May 2017) was \
            accessed at Homerton University Hospital emergency department (RQXM1, emergency \
            department) by Dr Pat Sample (Consultant) on 21 November 2026 at 2:10am.
              active: looked-after child from 1 March 2025, your reference TWH-000001
            For the child's social worker; out of hours for the emergency duty team.
            Due by 22 November 2026 at 2:10am.
            Accesses in unscheduled care, newest first:
              21 November 2026 at 2:10am, Homerton University Hospital emergency department, \
            Dr Pat Sample
            That is 1 access at 1 site in 1 region in 7 days, 1 access at 1 site in 1 region in \
            30 days, 1 access at 1 site in 1 region in 90 days.
            """);
  }

  @Test
  void sendsAClosedCaseAnotherWayWithMoreTime() {
    assertThat(TaskTexts.of(written(SampleNotifications.ofEnded(TWH))))
        .contains("ended: looked-after child from 1 March 2025 to 1 September 2026")
        .contains("Closed case: for the front door team")
        .contains("Due by 26 November 2026 at 2:10am.");
  }

  @Test
  void neverSaysThatAnybodyAttended() {
    assertThat(TaskTexts.of(written(SampleNotifications.of(TWH)))).doesNotContain("attend");
  }

  @Test
  void asksForTheRecordsUnderTheNewNumberWhereThereIsOne() {
    InactiveNhsNumberNotificationType inactive = new InactiveNhsNumberNotificationType();
    AccessNotificationType about = written(SampleNotifications.of(TWH));
    inactive.setSubject(about.getSubject());
    inactive.getRecord().addAll(about.getRecord());

    String without = TaskTexts.of(inactive);
    inactive.setReplacementNhsNumber("9990000026");
    String with = TaskTexts.of(inactive);

    assertThat(with)
        .startsWith("NHS number 999 000 0018 is no longer in use.")
        .contains("Send these records again under 999 000 0026.");
    assertThat(without).contains("There is no other number to send.");
  }

  @Test
  void asksToEndAnUnbornPlanWhenTheBabyIsBorn() {
    BirthNotificationType birth = new BirthNotificationType();
    AccessNotificationType about = written(SampleNotifications.of(TWH));
    birth.setMother(about.getSubject());
    birth.getRecord().addAll(about.getRecord());
    birth.setBabyNhsNumber("9990000034");

    assertThat(TaskTexts.of(birth))
        .startsWith("A baby was born to Łucja Siân Ó Briain")
        .contains("The baby's NHS number is 999 000 0034.")
        .contains("End the mother's unborn child protection plan");
  }

  @Test
  void givesNoReasonForAWithdrawal() {
    WithdrawalNotificationType withdrawal = new WithdrawalNotificationType();
    AccessNotificationType about = written(SampleNotifications.of(TWH));
    withdrawal.setSubject(about.getSubject());
    withdrawal.getRecord().addAll(about.getRecord());

    assertThat(TaskTexts.of(withdrawal))
        .contains("are withdrawn from all answers")
        .contains("No reason is given");
  }

  @Test
  void tellsLondonTime() {
    assertThat(TaskWording.time(Instant.parse("2026-07-01T22:30:00Z")))
        .isEqualTo("1 July 2026 at 11:30pm");
    assertThat(TaskWording.time(Instant.parse("2026-12-01T12:05:00Z")))
        .isEqualTo("1 December 2026 at 12:05pm");
  }

  private static AccessNotificationType written(AccessNotification notification) {
    Parties parties = new Parties(new Asid("200000000001"), new Asid("300000000010"));
    return NotificationWire.write(notification, parties).getNotification();
  }
}
