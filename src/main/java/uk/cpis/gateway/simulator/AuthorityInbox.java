package uk.cpis.gateway.simulator;

import jakarta.xml.bind.JAXBElement;
import java.time.Instant;
import java.util.UUID;
import org.w3c.dom.Document;
import uk.cpis.gateway.contract.notification.AccessNotificationRequest;
import uk.cpis.gateway.contract.notification.AccessNotificationType;
import uk.cpis.gateway.contract.notification.BirthNotificationRequest;
import uk.cpis.gateway.contract.notification.BirthNotificationType;
import uk.cpis.gateway.contract.notification.InactiveNhsNumberNotificationRequest;
import uk.cpis.gateway.contract.notification.InactiveNhsNumberNotificationType;
import uk.cpis.gateway.contract.notification.NotificationAnswerType;
import uk.cpis.gateway.contract.notification.NotificationHeadType;
import uk.cpis.gateway.contract.notification.WithdrawalNotificationRequest;
import uk.cpis.gateway.contract.notification.WithdrawalNotificationType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.contract.types.SystemsType;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.outbound.ContractXml;
import uk.cpis.gateway.outbound.NotificationOperations;

/**
 * Reads verified notifications of all four kinds, makes tasks of them, and writes the answers. Safe
 * to share between threads.
 */
final class AuthorityInbox {
  private static final ContractXml CONTRACT = ContractXml.of("notification");

  private final Asid authority;
  private final Asid gateway;
  private final FollowUpTasks tasks;

  AuthorityInbox(Asid authority, Asid gateway, FollowUpTasks tasks) {
    this.authority = authority;
    this.gateway = gateway;
    this.tasks = tasks;
  }

  /** A notification as it was read: which one, and what the task says. */
  private record Received(NotificationKind kind, NotificationHeadType head, String text) {
    NotificationId id() {
      return new NotificationId(UUID.fromString(head.getNotificationId()));
    }

    Instant owedAt() {
      return TaskWording.moment(head.getMadeAt());
    }
  }

  /** Answers the notification in this envelope; accepting it makes its task. */
  Document answer(Document envelope, NotificationKind kind, AnswerCode code) {
    Received received = received(envelope, kind);
    NotificationAnswerType answer = new NotificationAnswerType();
    answer.setSystems(systems());
    answer.setNotificationId(received.head().getNotificationId());
    answer.setAnswer(code);
    if (code == AnswerCode.ACCEPTED) {
      FollowUpTask task = tasks.of(received.id(), kind, received.owedAt(), received.text());
      answer.setReceipt("task-" + task.number());
    }
    return CONTRACT.envelope(
        new JAXBElement<>(
            NotificationOperations.of(kind).reply(), NotificationAnswerType.class, answer));
  }

  private static Received received(Document envelope, NotificationKind kind) {
    return switch (kind) {
      case ACCESS -> {
        AccessNotificationType access =
            read(envelope, AccessNotificationRequest.class).getNotification();
        yield new Received(kind, access.getHead(), TaskTexts.of(access));
      }
      case INACTIVE_NUMBER -> {
        InactiveNhsNumberNotificationType inactive =
            read(envelope, InactiveNhsNumberNotificationRequest.class).getNotification();
        yield new Received(kind, inactive.getHead(), TaskTexts.of(inactive));
      }
      case BIRTH -> {
        BirthNotificationType birth =
            read(envelope, BirthNotificationRequest.class).getNotification();
        yield new Received(kind, birth.getHead(), TaskTexts.of(birth));
      }
      case WITHDRAWAL -> {
        WithdrawalNotificationType withdrawal =
            read(envelope, WithdrawalNotificationRequest.class).getNotification();
        yield new Received(kind, withdrawal.getHead(), TaskTexts.of(withdrawal));
      }
    };
  }

  private static <T> T read(Document envelope, Class<T> type) {
    return CONTRACT
        .read(envelope, type)
        .orElseThrow(() -> new SimulatorException("a notification does not follow the schema"));
  }

  private SystemsType systems() {
    SystemsType systems = new SystemsType();
    systems.setSenderAsid(authority.digits());
    systems.setReceiverAsid(gateway.digits());
    return systems;
  }
}
