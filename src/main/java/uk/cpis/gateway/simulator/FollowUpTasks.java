package uk.cpis.gateway.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.domain.OdsCode;

/**
 * The tasks of one authority, in the order made. A notification that comes again, after a restart
 * too, finds the task it made the first time. Safe to share between threads.
 */
final class FollowUpTasks {
  private final OdsCode authority;
  private final SimulatorFolder folder;
  private final InstantSource clock;
  private final Map<NotificationId, FollowUpTask> byNotification = new HashMap<>();
  private final List<FollowUpTask> inOrder;

  FollowUpTasks(OdsCode authority, SimulatorFolder folder, InstantSource clock) {
    this.authority = authority;
    this.folder = folder;
    this.clock = clock;
    this.inOrder = new ArrayList<>(folder.tasks(authority));
    inOrder.forEach(task -> byNotification.put(task.notification(), task));
  }

  /** The task of this notification: a new one with this text, or the one it has already. */
  synchronized FollowUpTask of(
      NotificationId notification, NotificationKind kind, Instant owedAt, String text) {
    FollowUpTask known = byNotification.get(notification);
    if (known != null) {
      return known;
    }
    int number = inOrder.isEmpty() ? 1 : inOrder.get(inOrder.size() - 1).number() + 1;
    FollowUpTask task =
        new FollowUpTask(authority, number, kind, notification, owedAt, clock.instant(), text);
    folder.write(task);
    byNotification.put(notification, task);
    inOrder.add(task);
    return task;
  }

  synchronized List<FollowUpTask> all() {
    return List.copyOf(inOrder);
  }
}
