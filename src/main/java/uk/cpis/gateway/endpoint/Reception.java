package uk.cpis.gateway.endpoint;

import uk.cpis.gateway.contract.types.SystemsType;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.security.VerifiedMessage;
import uk.cpis.gateway.wire.Parties;

/**
 * Compares whom a message says it is from and for with its certificates and with this gateway,
 * before anything else of it is looked at (promise 6). Shared between threads.
 */
final class Reception {

  private final Asid gateway;
  private final Disagreement disagreement;
  private final RefusalAudit audit;

  Reception(Asid gateway, Disagreement disagreement, RefusalAudit audit) {
    this.gateway = gateway;
    this.disagreement = disagreement;
    this.audit = audit;
  }

  /** The visit of a sender that is who it claims to be; anything else is rejected. */
  Visit receive(SystemsType systems) {
    VerifiedMessage message = VerifiedMessage.current();
    Parties parties = Parties.read(systems);
    Sender sender =
        message
            .sender(parties.sender())
            .orElseThrow(
                () ->
                    new Rejected(
                        RejectionReason.SENDER_NOT_RECOGNISED, disagreement(message, parties)));
    Visit visit = new Visit(message, sender, parties.answering(), audit);
    if (!parties.receiver().equals(gateway)) {
      throw visit.rejected(
          RejectionReason.WRONG_RECEIVER,
          "receiver " + parties.receiver().digits() + ", ours is " + gateway.digits());
    }
    return visit;
  }

  private String disagreement(VerifiedMessage message, Parties parties) {
    return disagreement.of(message.transport(), message.signer(), parties.sender());
  }
}
