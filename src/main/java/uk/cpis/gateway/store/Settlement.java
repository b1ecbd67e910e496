package uk.cpis.gateway.store;

import java.time.Instant;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.NotificationId;

/** What an authority answered finally, and when it did. */
public record Settlement(NotificationId notification, AuthorityAnswer answer, Instant at) {}
