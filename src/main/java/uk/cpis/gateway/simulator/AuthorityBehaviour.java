package uk.cpis.gateway.simulator;

/** How a simulated authority's system answers the next notifications. */
public enum AuthorityBehaviour {
  /** Makes a task and accepts. */
  ACCEPT,
  NOT_OURS,
  TRY_LATER,
  /** A signed fault that allows another try (200). */
  FAIL,
  /** A signed fault that forbids another try (201). */
  REFUSE,
  /** Takes the message and never answers. */
  STALL,
  /** Answers with text that is no SOAP, and says it were. */
  GARBAGE,
  /** An HTTP status of 503 and nothing else. */
  UNAVAILABLE,
  /** Takes the message and resets the connection. */
  RESET
}
