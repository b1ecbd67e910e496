package uk.cpis.gateway.domain;

/** How a submission ended. */
public sealed interface SubmissionOutcome {

  /** Looked at, and acknowledged with its codes. */
  record Acknowledged(Acknowledgement acknowledgement) implements SubmissionOutcome {}

  /** Refused as a message; nothing was applied. */
  record Refused(RejectionReason reason) implements SubmissionOutcome {}
}
