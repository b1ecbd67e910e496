package uk.cpis.gateway.domain;

import java.util.List;

/**
 * What an access owes to one authority: its records as they stood at the access (rule 7), those
 * under the person's newest number first.
 */
public record OwedNotification(OdsCode authority, List<NotifiedRecord> records) {

  /** Copies the list. */
  public OwedNotification {
    records = List.copyOf(records);
    if (records.isEmpty()) {
      throw new IllegalArgumentException("an authority is told of the records it holds");
    }
  }

  /** Under which number the authority knows the person: the newest of its own (rule 14). */
  public NhsNumber person() {
    return records.get(0).plan().key().person();
  }
}
