package uk.cpis.gateway.domain;

import java.util.List;

/** What an access owes to one authority: its records as they stood at the access (rule 7). */
public record OwedNotification(OdsCode authority, List<NotifiedRecord> records) {

  /** Copies the list. */
  public OwedNotification {
    records = List.copyOf(records);
  }
}
