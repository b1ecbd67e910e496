package uk.cpis.gateway.domain;

import java.util.Optional;

/** A query by NHS number, as the message states it; whether it may be answered is not decided. */
public record PlanQuery(
    MessageId messageId,
    ContentDigest digest,
    NhsNumber person,
    Author author,
    ActivityCode activityCode,
    Optional<CareSetting> setting) {}
