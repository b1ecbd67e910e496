package uk.cpis.gateway.endpoint;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.security.RefusedMessage;
import uk.cpis.gateway.security.VerifiedMessage;

/**
 * Shows the operator each refusal in one line: the reference the sender was given, the code, the
 * cause and who it was. Nothing of a message is in it but its id. Shared between threads.
 */
final class RefusalLog {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final int LINES_A_MINUTE = 20;

  private final Pace pace = new Pace(LINES_A_MINUTE);

  /** Refused before the message was read. */
  void refused(HttpRefusal refusal, TlsPeer peer, String path) {
    paced(
        List.of(refusal, peer.certificate()),
        before ->
            LOG.warn(
                "refused code={} endpoint={} certificate={} address={} heldBack={}",
                refusal.code(),
                refusal == HttpRefusal.NO_SUCH_ENDPOINT ? "none" : path,
                peer.certificate(),
                peer.remoteAddress(),
                before));
  }

  /** Refused because it could not be verified. */
  void refused(RefusedMessage refused) {
    Object certificate = refused.peer().certificate().map(Object.class::cast).orElse("none");
    paced(
        List.of(refused.refusal().cause(), certificate),
        before ->
            LOG.warn(
                "refused reference={} code={} cause={} {} certificate={} address={} heldBack={}",
                refused.lookupId(),
                Faults.of(refused.refusal().cause()).code(),
                refused.refusal().cause(),
                refused.refusal().explanation(),
                certificate,
                refused.peer().remoteAddress(),
                before));
  }

  /** Refused by a rule, or by the schema, after it was verified. */
  void refused(UUID reference, FaultText told, String cause, VerifiedMessage message) {
    paced(
        List.of(told.code(), message.transport()),
        before ->
            LOG.warn(
                "refused reference={} code={} cause={} interaction={} message={} sender={}"
                    + " certificate={} signer={} address={} heldBack={}",
                reference,
                told.code(),
                cause,
                message.interaction(),
                message.messageId(),
                message.identified().map(sender -> sender.asid().digits()).orElse("unknown"),
                message.transport(),
                message.signer(),
                message.remoteAddress(),
                before));
  }

  /** Something broke: the places in the code, without the words, which may repeat a message. */
  void broke(UUID reference, Throwable thrown) {
    paced(
        Faults.UNEXPECTED,
        before ->
            LOG.error(
                "refused reference={} code={} heldBack={} broke at{}",
                reference,
                Faults.UNEXPECTED.code(),
                before,
                Places.of(thrown)));
  }

  private void paced(Object kind, Consumer<Integer> line) {
    pace.next(kind).ifPresent(line::accept);
  }
}
