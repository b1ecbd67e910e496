package uk.cpis.gateway.endpoint;

import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Sender;

/** Records that a message of an identified sender was refused before a service saw it. */
@FunctionalInterface
public interface RefusalAudit {

  void refused(MessageId message, Sender sender, RejectionReason reason);
}
