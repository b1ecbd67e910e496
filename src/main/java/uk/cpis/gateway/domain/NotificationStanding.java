package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * How one notification stands; nothing of the person.
 *
 * @param number what the authority counts it by
 * @param madeAt when it became owed
 * @param settledAt when the authority's answer settled it
 */
public record NotificationStanding(
    NotificationId notification,
    OdsCode authority,
    long number,
    NotificationKind kind,
    Instant madeAt,
    NotificationState state,
    Optional<Instant> settledAt) {}
