package uk.cpis.gateway.domain;

/**
 * The submission that a record came from: its message and its number in the authority's sequence.
 */
public record SubmissionReference(MessageId messageId, long sequenceNumber) {}
