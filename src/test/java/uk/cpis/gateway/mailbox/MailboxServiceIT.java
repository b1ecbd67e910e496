package uk.cpis.gateway.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.homerton;
import static uk.cpis.gateway.testing.Examples.newMessageId;
import static uk.cpis.gateway.testing.Examples.nurse;
import static uk.cpis.gateway.testing.Examples.plan;
import static uk.cpis.gateway.testing.Examples.socialCareOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AcknowledgeOutcome;
import uk.cpis.gateway.domain.AcknowledgeOutcome.Standing;
import uk.cpis.gateway.domain.AcknowledgeRequest;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.CollectOutcome;
import uk.cpis.gateway.domain.CollectRequest;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.testing.TestServices;

class MailboxServiceIT {

  @TempDir Path folder;
  private TestServices services;
  private MailboxService mailbox;

  @BeforeEach
  void open() {
    services = TestServices.open(folder);
    mailbox = services.mailbox();
    services.hold(
        plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION),
        plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER));
    for (int i = 0; i < 3; i++) {
      look("user" + i);
      services.clock().advance(Duration.ofMinutes(1));
    }
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void handsOutTheOldestFirstAndSaysHowManyMoreWait() {
    CollectOutcome.Collected collected = collected(2, Optional.empty());

    assertThat(collected.notifications()).extracting(Notification::number).containsExactly(1L, 2L);
    assertThat(collected.remaining()).isEqualTo(1);
    CollectOutcome.Collected next = collected(2, Optional.of(2L));
    assertThat(next.notifications()).extracting(Notification::number).containsExactly(3L);
    assertThat(next.remaining()).isZero();
    assertThat(collected(2, Optional.of(3L)).notifications()).isEmpty();
    assertThat(services.audited(AuditEvent.NOTIFICATIONS_COLLECTED))
        .containsExactly("HANDED_OUT 2 NUMBERS 1-2", "HANDED_OUT 1 NUMBERS 3-3", "HANDED_OUT 0");
  }

  @Test
  void offersAgainUnchangedWhatIsNotAcknowledged() {
    CollectOutcome.Collected first = collected(100, Optional.empty());

    assertThat(collected(100, Optional.empty())).isEqualTo(first);
  }

  @Test
  void settlesWhatIsAcknowledgedOnceHoweverOftenItIsSaid() {
    NotificationId first = collected(1, Optional.empty()).notifications().get(0).id();

    assertThat(standing(first, AuthorityAnswer.ACCEPTED)).isEqualTo(Standing.SETTLED);
    services.clock().advance(Duration.ofMinutes(1));
    assertThat(standing(first, AuthorityAnswer.ACCEPTED)).isEqualTo(Standing.SETTLED);

    assertThat(collected(100, Optional.empty()).notifications())
        .extracting(Notification::number)
        .containsExactly(2L, 3L);
    assertThat(services.store().read(tx -> tx.settlements().find(first)).orElseThrow().at())
        .isEqualTo(services.clock().instant().minus(Duration.ofMinutes(1)));
    await()
        .untilAsserted(
            () -> assertThat(services.audited(AuditEvent.NOTIFICATIONS_ACKNOWLEDGED)).hasSize(2));
  }

  @Test
  void notOursSettlesAndTryLaterDoesNot() {
    List<Notification> waiting = collected(100, Optional.empty()).notifications();

    assertThat(standing(waiting.get(0).id(), AuthorityAnswer.NOT_OURS)).isEqualTo(Standing.SETTLED);
    assertThat(standing(waiting.get(1).id(), AuthorityAnswer.TRY_LATER))
        .isEqualTo(Standing.WAITING);

    assertThat(collected(100, Optional.empty()).notifications()).isEqualTo(waiting.subList(1, 3));
  }

  @Test
  void anotherAuthoritysNotificationIsUnknownAndStaysUnsettled() {
    NotificationId foreign = services.owedTo(TOWER_HAMLETS).get(0).id();

    assertThat(standing(foreign, AuthorityAnswer.ACCEPTED)).isEqualTo(Standing.UNKNOWN);
    assertThat(standing(new NotificationId(new UUID(0, 1)), AuthorityAnswer.ACCEPTED))
        .isEqualTo(Standing.UNKNOWN);
    assertThat(services.owedTo(TOWER_HAMLETS)).hasSize(3);
  }

  @Test
  void anAuthorityCollectsItsOwnOnly() {
    assertThat(
            mailbox.collect(
                new CollectRequest(newMessageId(), TOWER_HAMLETS, 10, Optional.empty()),
                socialCareOf(HACKNEY)))
        .isEqualTo(new CollectOutcome.Refused(RejectionReason.ORGANISATION_NOT_ALLOWED));
    assertThat(collected(100, Optional.empty()).notifications())
        .allMatch(notification -> notification.authority().equals(HACKNEY));
  }

  @Test
  void anAuthorityThatIsDeliveredToCollectsNothingButMayStillAcknowledge() {
    NotificationId first = collected(1, Optional.empty()).notifications().get(0).id();
    mailbox = services.mailboxWithDeliveryTo(HACKNEY);

    assertThat(collect(10, Optional.empty()))
        .isEqualTo(new CollectOutcome.Refused(RejectionReason.INTERACTION_NOT_ALLOWED));
    assertThat(standing(first, AuthorityAnswer.ACCEPTED)).isEqualTo(Standing.SETTLED);
  }

  private CollectOutcome.Collected collected(int limit, Optional<Long> after) {
    CollectOutcome outcome = collect(limit, after);
    assertThat(outcome).isInstanceOf(CollectOutcome.Collected.class);
    return (CollectOutcome.Collected) outcome;
  }

  private CollectOutcome collect(int limit, Optional<Long> after) {
    return mailbox.collect(
        new CollectRequest(newMessageId(), HACKNEY, limit, after), socialCareOf(HACKNEY));
  }

  private Standing standing(NotificationId id, AuthorityAnswer answer) {
    AcknowledgeOutcome outcome =
        mailbox.acknowledge(
            new AcknowledgeRequest(
                newMessageId(), HACKNEY, List.of(new AcknowledgeRequest.Item(id, answer))),
            socialCareOf(HACKNEY));
    assertThat(outcome).isInstanceOf(AcknowledgeOutcome.Acknowledged.class);
    return ((AcknowledgeOutcome.Acknowledged) outcome).items().get(0).standing();
  }

  private void look(String userId) {
    services
        .queries()
        .answer(
            new PlanQuery(
                newMessageId(),
                new ContentDigest("a".repeat(64)),
                CHILD,
                nurse(userId),
                ActivityCode.B0107,
                Optional.of(CareSetting.EMERGENCY_DEPARTMENT)),
            homerton());
  }
}
