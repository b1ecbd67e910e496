package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.List;

/** How a query ended. */
public sealed interface QueryOutcome {

  /**
   * The definite answer: what every authority holds visibly, and the history; both empty means "no
   * records found", which is no fault (cpis.md rule 5).
   */
  record Answered(Instant at, List<AuthorityPlans> authorities, List<ShownAccess> history)
      implements QueryOutcome {

    /** Copies the lists. */
    public Answered {
      authorities = List.copyOf(authorities);
      history = List.copyOf(history);
    }

    public boolean found() {
      return !authorities.isEmpty();
    }
  }

  /** Not answered; nothing was looked at. */
  record Refused(RejectionReason reason) implements QueryOutcome {}
}
