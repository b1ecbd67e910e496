package uk.cpis.gateway.domain;

/** What an authority's system answers to a notification (cpis.md §3). */
public enum AuthorityAnswer {
  ACCEPTED,
  /** The person is none of ours: settled, and the operator is alerted. */
  NOT_OURS,
  TRY_LATER
}
