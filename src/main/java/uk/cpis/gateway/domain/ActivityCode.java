package uk.cpis.gateway.domain;

/** What a user's role lets him do with plan information (cpis.md rule 3). */
public enum ActivityCode {
  /** View; every local authority with a visible record is notified. */
  B0107,
  /** View without notification: a silent read, in scheduled care only. */
  B0170
}
