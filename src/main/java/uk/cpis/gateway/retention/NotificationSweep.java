package uk.cpis.gateway.retention;

import java.time.Instant;
import java.util.List;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.store.OutlivedNotifications;
import uk.cpis.gateway.store.Transaction;

/**
 * The personal data of notifications settled long enough ago are erased. Who was told when, under
 * which number, and what was answered stays as long as the audit.
 */
final class NotificationSweep implements Sweep {

  private final Instant now;
  private final Instant settledBefore;
  private final int limit;

  NotificationSweep(Instant now, Instant settledBefore, int limit) {
    this.now = now;
    this.settledBefore = settledBefore;
    this.limit = limit;
  }

  @Override
  public String name() {
    return "notificationsErased";
  }

  @Override
  public Batch batch(Transaction tx, String from) {
    OutlivedNotifications notifications = tx.retention().notifications();
    List<NotificationId> going = notifications.toErase(settledBefore, limit);
    going.forEach(id -> notifications.erase(id, now));
    return Batch.of(going.size(), going.size() == limit);
  }
}
