package uk.cpis.gateway.store;

import uk.cpis.gateway.domain.RememberedMessage;

/** What became of an access that was handed to the writer. */
public sealed interface AccessOutcome {

  /** On disk, with what it owes; whether the history shows it was decided with it. */
  record Committed(long number, boolean shown) implements AccessOutcome {}

  /** A message with this id of this sender had its outcome before; nothing was written. */
  record SeenBefore(RememberedMessage message) implements AccessOutcome {}

  /** More waits than can be written soon; nothing was written. */
  record Busy() implements AccessOutcome {}
}
