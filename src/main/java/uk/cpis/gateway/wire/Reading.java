package uk.cpis.gateway.wire;

import uk.cpis.gateway.domain.RejectionReason;

/** What a message says, or why it says nothing although the schema has no objection. */
public sealed interface Reading<T> {

  /** A value that cannot be wrong. */
  record Read<T>(T value) implements Reading<T> {}

  /** Refused as a whole. */
  record Refused<T>(RejectionReason reason) implements Reading<T> {}
}
