package uk.cpis.gateway.endpoint;

import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.security.VerifiedMessage;
import uk.cpis.gateway.wire.Parties;
import uk.cpis.gateway.wire.Reading;

/** One message of a sender that is who it claims to be. */
record Visit(VerifiedMessage message, Sender sender, Parties answering, RefusalAudit audit) {

  MessageId messageId() {
    return message.messageId();
  }

  ContentDigest content() {
    return message.content();
  }

  /** What was read; a message that says nothing is rejected, and the rejection is audited. */
  <T> T read(Reading<T> reading) {
    if (reading instanceof Reading.Refused<T> refused) {
      throw rejected(refused.reason(), "another value");
    }
    return ((Reading.Read<T>) reading).value();
  }

  /** The rejection of this message, audited because its sender is known. */
  Rejected rejected(RejectionReason reason, String found) {
    audit.refused(messageId(), sender, reason);
    return new Rejected(reason, found);
  }
}
