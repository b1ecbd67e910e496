package uk.cpis.gateway.domain;

import java.time.Instant;

/** How many dead letters an authority has for one reason, and since when the first of them. */
public record DeadLetterCount(
    OdsCode authority, DeadLetterReason reason, long count, Instant oldest) {}
