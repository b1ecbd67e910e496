package uk.cpis.gateway.domain;

/** Why a notification was given up for now. */
public enum DeadLetterReason {
  /** The authority refused it for good, in words that were verified. */
  REFUSED,
  /** It was tried for the whole of its time, and the last attempt failed too. */
  OUTLIVED,
  /** It waited in the mailbox for the whole of its time; it is offered on. */
  UNCOLLECTED
}
