package uk.cpis.gateway.domain;

import java.time.Instant;

/** A refusal and when it was. */
public record KeptRefusal(Instant at, RefusalNote note) {}
