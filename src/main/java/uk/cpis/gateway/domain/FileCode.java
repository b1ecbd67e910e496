package uk.cpis.gateway.domain;

/** The code of a whole submission's acknowledgement (cpis.md §3). */
public enum FileCode {
  /** File-level error. */
  CPF01,
  /** Every record loaded. */
  CPF02,
  /** Some loaded, some refused. */
  CPF03,
  /** None loaded. */
  CPF04,
  /** Demographics unavailable, send again; nothing was applied and nothing is remembered. */
  CPF05,
  /** The client is no longer supported. */
  CPF06
}
