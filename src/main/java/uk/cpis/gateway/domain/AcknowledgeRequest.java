package uk.cpis.gateway.domain;

import java.util.List;

/** An authority says what became of the notifications it collected. */
public record AcknowledgeRequest(MessageId messageId, OdsCode authority, List<Item> items) {

  /** What it says of one of them. */
  public record Item(NotificationId notification, AuthorityAnswer answer) {}

  /** Copies the list. */
  public AcknowledgeRequest {
    items = List.copyOf(items);
  }
}
