package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.List;

/** How a request for the access history ended. */
public sealed interface HistoryOutcome {

  /** The latest shown accesses, newest first, at most 25; none is an answer too. */
  record Shown(Instant at, List<ShownAccess> accesses) implements HistoryOutcome {

    /** Copies the list. */
    public Shown {
      accesses = List.copyOf(accesses);
    }
  }

  /** Not answered; nothing is shown. */
  record Refused(RejectionReason reason) implements HistoryOutcome {}
}
