package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.List;

/** What an authority is told of news from demographics (rules 14, 15 and 19). */
public record DemographicNotification(
    NotificationId id,
    long number,
    Instant madeAt,
    OdsCode authority,
    NhsNumber person,
    DemographicNews news,
    List<NotifiedRecord> records)
    implements Notification {

  /** Copies the list. */
  public DemographicNotification {
    records = List.copyOf(records);
  }

  @Override
  public NotificationKind kind() {
    return news.kind();
  }
}
