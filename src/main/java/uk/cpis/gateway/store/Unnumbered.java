package uk.cpis.gateway.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import uk.cpis.gateway.domain.NotificationId;

/** The rows that a transaction wrote without a number, for the writer to number afterwards. */
final class Unnumbered {

  private final List<UUID> audited = new ArrayList<>();
  private final List<NotificationId> owed = new ArrayList<>();

  void audited(UUID id) {
    audited.add(id);
  }

  void owed(NotificationId id) {
    owed.add(id);
  }

  List<UUID> audited() {
    return audited;
  }

  List<NotificationId> owed() {
    return owed;
  }

  boolean isEmpty() {
    return audited.isEmpty() && owed.isEmpty();
  }
}
