package uk.cpis.gateway.store;

import java.time.Instant;
import uk.cpis.gateway.domain.NotificationId;

/** How often a notification was tried in vain, why the last time, and when it is due again. */
public record Attempt(NotificationId notification, int attempts, Instant due, String cause) {}
