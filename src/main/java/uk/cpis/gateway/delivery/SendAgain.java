package uk.cpis.gateway.delivery;

/** What became of the wish to send a dead letter again. */
public enum SendAgain {
  /** It is on its way to its lane. */
  SENT,
  /** Its authority collects: it stays a dead letter, and is offered until it is acknowledged. */
  COLLECTED,
  /** There is no such dead letter. */
  NONE
}
