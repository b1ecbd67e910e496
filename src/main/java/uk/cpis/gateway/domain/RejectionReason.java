package uk.cpis.gateway.domain;

/**
 * Why a whole message is refused: the closed list. What the sender is told about each stands in one
 * place, in the endpoints' faults.
 */
public enum RejectionReason {
  /** The certificates are not those of one registered system that the message claims to be. */
  SENDER_NOT_RECOGNISED,
  /** The message is addressed to another receiver. */
  WRONG_RECEIVER,
  INTERACTION_NOT_ALLOWED,
  /**
   * The author's organisation is not among those the system is registered for (rule 2), or the
   * local authority that the message names is not the one the system speaks for (rule 10).
   */
  ORGANISATION_NOT_ALLOWED,
  /** A device asks under another ASID than the system that sent the message (rule 2). */
  DEVICE_NOT_SENDER,
  /** The activity code is not one the system is registered for, or not in this setting (rule 3). */
  ACTIVITY_NOT_ALLOWED,
  /** Neither or both of person and device are given (rule 2). */
  AUTHOR_NOT_EXACTLY_ONE,
  /** The NHS number asked for has ten digits but its check digit is wrong (rule 1). */
  NHS_NUMBER_NOT_VALID,
  /** The page token of a request for holdings is none that the gateway gave. */
  PAGE_TOKEN_NOT_VALID,
  /** The message id was used before, for other content. */
  MESSAGE_ID_REUSED,
  /** The same query again, later than its answer may be repeated. */
  QUERY_REPEATED_TOO_LATE,
  /** The authority holds no visible record of the person it asks the history of (rule 20). */
  NO_RECORD_HELD,
  /** More work is waiting than can be done soon; the sender may try again. */
  BUSY,
  /** The store could not do its work; the sender may try again. */
  STORE_UNAVAILABLE,
  /** The store's disk is nearly full; the sender may try again. */
  STORE_FULL
}
