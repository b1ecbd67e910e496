package uk.cpis.gateway.domain;

import java.time.Instant;

/** Something the operator was told that is not over: about whom, and since when. */
public record StandingAlert(AlertKind kind, String subject, Instant since) {}
