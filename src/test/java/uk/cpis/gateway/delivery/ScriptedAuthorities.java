package uk.cpis.gateway.delivery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.DeliveryOutcome;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/** Authorities that answer as they are told, accept by default, and keep what reached them. */
final class ScriptedAuthorities implements Function<Notification, DeliveryOutcome> {

  static final DeliveryOutcome ACCEPTED = new DeliveryOutcome.Settled(AuthorityAnswer.ACCEPTED);
  static final DeliveryOutcome NOT_OURS = new DeliveryOutcome.Settled(AuthorityAnswer.NOT_OURS);
  static final DeliveryOutcome UNREACHABLE = new DeliveryOutcome.Unreachable("connection refused");
  static final DeliveryOutcome DEFERRED = new DeliveryOutcome.Deferred("HTTP 500");
  static final DeliveryOutcome UNDELIVERABLE = new DeliveryOutcome.Undeliverable("refused: 201");

  private final Map<OdsCode, Function<Notification, DeliveryOutcome>> scripts =
      new ConcurrentHashMap<>();
  private final List<Notification> attempts = new CopyOnWriteArrayList<>();

  void answer(OdsCode authority, DeliveryOutcome outcome) {
    answer(authority, notification -> outcome);
  }

  void answer(OdsCode authority, Function<Notification, DeliveryOutcome> script) {
    scripts.put(authority, script);
  }

  @Override
  public DeliveryOutcome apply(Notification notification) {
    attempts.add(notification);
    return scripts.getOrDefault(notification.authority(), each -> ACCEPTED).apply(notification);
  }

  /** What was tried towards this authority, in the order of the attempts. */
  List<Notification> attempts(OdsCode authority) {
    return attempts.stream().filter(each -> each.authority().equals(authority)).toList();
  }

  List<NotificationId> attemptedIds(OdsCode authority) {
    return attempts(authority).stream().map(Notification::id).toList();
  }
}
