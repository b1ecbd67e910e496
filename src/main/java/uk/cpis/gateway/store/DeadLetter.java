package uk.cpis.gateway.store;

import java.time.Instant;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/** A notification that was given up for now, why and when; it is still owed. */
public record DeadLetter(
    NotificationId notification, OdsCode authority, String cause, Instant at) {}
