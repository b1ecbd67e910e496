package uk.cpis.gateway.domain;

import java.time.Instant;

/** A notification that was given up for now, why and when; it is still owed. */
public record DeadLetter(
    NotificationId notification, OdsCode authority, String cause, Instant at) {}
