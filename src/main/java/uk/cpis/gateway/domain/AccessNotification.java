package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an authority is told of one access: fixed when the access was committed and the same on
 * every attempt (cpis.md §3). The patterns are absent only where a version of the gateway that did
 * not count them committed the access.
 */
public record AccessNotification(
    NotificationId id,
    long number,
    Instant madeAt,
    OdsCode authority,
    NhsNumber person,
    AccessDetails access,
    List<NotifiedRecord> records,
    List<ShownAccess> history,
    Optional<AccessPatterns> patterns)
    implements Notification {

  /** Copies the lists. */
  public AccessNotification {
    records = List.copyOf(records);
    history = List.copyOf(history);
  }

  @Override
  public NotificationKind kind() {
    return NotificationKind.ACCESS;
  }

  /** Who looked, when and from where. */
  public record AccessDetails(
      Instant at,
      String userName,
      JobRole jobRole,
      Organisation organisation,
      Optional<CareSetting> setting,
      Optional<Telephone> ringBack) {

    /** Leaves the name out. */
    @Override
    public String toString() {
      return "AccessDetails[" + at + ", " + organisation.code() + "]";
    }
  }
}
