package uk.cpis.gateway.domain;

/** How one attempt to deliver a notification ended. Causes never contain personal data. */
public sealed interface DeliveryOutcome {

  /** The authority has it, or says that it is none of its own. */
  record Settled(AuthorityAnswer answer) implements DeliveryOutcome {

    /** Takes a final answer; "try later" is {@link Deferred}. */
    public Settled {
      if (answer == AuthorityAnswer.TRY_LATER) {
        throw new IllegalArgumentException("'try later' settles nothing");
      }
    }
  }

  /** The authority's system is out of reach or not able: the whole lane waits. */
  record Unreachable(String cause) implements DeliveryOutcome {}

  /** The system works but did not take this one now: this one waits, the lane goes on. */
  record Deferred(String cause) implements DeliveryOutcome {}

  /** Refused for good: a dead letter. */
  record Undeliverable(String cause) implements DeliveryOutcome {}
}
