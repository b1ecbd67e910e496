package uk.cpis.gateway.domain;

import java.time.Instant;

/**
 * A notification that was given up for now; it is still owed.
 *
 * @param number what the authority counts it by
 * @param madeAt when it became owed
 * @param at when it was given up
 */
public record DeadLetter(
    NotificationId notification,
    OdsCode authority,
    long number,
    NotificationKind kind,
    Instant madeAt,
    GivenUp givenUp,
    Instant at) {}
