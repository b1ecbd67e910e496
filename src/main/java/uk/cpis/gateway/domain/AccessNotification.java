package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an authority is told of one access: fixed when the access was committed and the same on
 * every attempt (cpis.md §3).
 */
public record AccessNotification(
    NotificationId id,
    long number,
    Instant madeAt,
    OdsCode authority,
    NhsNumber person,
    AccessDetails access,
    List<NotifiedRecord> records,
    List<ShownAccess> history) {

  /** Copies the lists. */
  public AccessNotification {
    records = List.copyOf(records);
    history = List.copyOf(history);
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
