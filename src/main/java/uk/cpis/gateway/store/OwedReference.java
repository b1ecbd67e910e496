package uk.cpis.gateway.store;

import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/** What is owed to whom, without what it says; by the number in which it was committed. */
public record OwedReference(long owedNumber, NotificationId id, OdsCode authority) {}
