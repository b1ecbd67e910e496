package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.List;

/**
 * What an authority is told: fixed when it was made and the same on every attempt (cpis.md §3). All
 * kinds go through the same lanes under the same promises.
 */
public sealed interface Notification permits AccessNotification, DemographicNotification {

  NotificationId id();

  /** Counts up for each authority, over all kinds, so that gaps are seen. */
  long number();

  Instant madeAt();

  OdsCode authority();

  /** The number that the access asked for, or that the news is about. */
  NhsNumber person();

  /** The authority's own records that it is about, as they stood when it was made. */
  List<NotifiedRecord> records();

  NotificationKind kind();
}
