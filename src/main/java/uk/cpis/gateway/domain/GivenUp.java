package uk.cpis.gateway.domain;

/**
 * How a notification came to be given up for now.
 *
 * @param cause in words, without personal data
 * @param attempts how many attempts of its own are known of
 */
public record GivenUp(DeadLetterReason reason, String cause, int attempts) {}
