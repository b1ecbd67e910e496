package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a request for holdings ended. */
public sealed interface HoldingsOutcome {

  /**
   * One page: how far the authority's submissions have come, how many records there are on all
   * pages, those of this page, and the key to turn it with where another follows.
   */
  record Page(
      Instant at,
      Optional<Long> lastSequenceNumber,
      int total,
      List<Holding> holdings,
      Optional<PlanKey> next)
      implements HoldingsOutcome {

    /** Copies the list. */
    public Page {
      holdings = List.copyOf(holdings);
    }
  }

  /** Not answered; nothing is shown. */
  record Refused(RejectionReason reason) implements HoldingsOutcome {}
}
