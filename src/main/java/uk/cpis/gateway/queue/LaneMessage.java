package uk.cpis.gateway.queue;

import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/**
 * What a lane carries: which notification, for whom, and the number under which the store owes it.
 * What the notification says stays in the store.
 */
public record LaneMessage(NotificationId id, OdsCode authority, long owedNumber) {}
