package uk.cpis.gateway.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.RefusalNote;
import uk.cpis.gateway.security.Refusal;
import uk.cpis.gateway.security.RefusedMessage;
import uk.cpis.gateway.security.VerifiedMessage;

/**
 * Shows the operator each refusal in one line: the reference the sender was given, the code, the
 * cause and who it was; and writes down each, which the line may leave out. Nothing of a message is
 * in it but its id. Shared between threads.
 */
final class RefusalLog {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final int LINES_A_MINUTE = 20;

  private final Pace pace = new Pace(LINES_A_MINUTE);
  private final RefusalRecords records;

  RefusalLog(RefusalRecords records) {
    this.records = records;
  }

  /** Refused before the message was read. */
  void refused(HttpRefusal refusal, TlsPeer peer, String path) {
    records.counted().accept(Optional.of(peer.certificate()), refusal.code());
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
    Refusal refusal = refused.refusal();
    String code = Faults.of(refusal.cause()).code();
    records
        .noted()
        .accept(
            new RefusalNote(
                refused.lookupId(),
                code,
                refusal.cause().name(),
                refusal.cause().required(),
                refusal.found(),
                refusal.cause().remedy(),
                RefusalNote.Origin.of(
                    refused.peer().certificate(), refused.peer().remoteAddress())));
    Object certificate = refused.peer().certificate().map(Object.class::cast).orElse("none");
    paced(
        List.of(refusal.cause(), certificate),
        before ->
            LOG.warn(
                "refused reference={} code={} cause={} {} certificate={} address={} heldBack={}",
                refused.lookupId(),
                code,
                refusal.cause(),
                refusal.explanation(),
                certificate,
                refused.peer().remoteAddress(),
                before));
  }

  /** Refused by a rule, or by the schema, after it was verified. */
  void refused(UUID reference, FaultText told, Reason reason, VerifiedMessage message) {
    String sender = message.identified().map(each -> each.asid().digits()).orElse("unknown");
    records.noted().accept(note(reference, told, reason, origin(message)));
    paced(
        List.of(told.code(), message.transport()),
        before ->
            LOG.warn(
                "refused reference={} code={} cause={} interaction={} message={} sender={}"
                    + " certificate={} signer={} address={} heldBack={}",
                reference,
                told.code(),
                reason.cause(),
                message.interaction(),
                message.messageId(),
                sender,
                message.transport(),
                message.signer(),
                message.remoteAddress(),
                before));
  }

  /** Something broke: the places in the code, without the words, which may repeat a message. */
  void broke(UUID reference, Throwable thrown, Optional<VerifiedMessage> message) {
    String places = Places.of(thrown);
    RefusalNote.Origin origin =
        message.map(RefusalLog::origin).orElse(RefusalNote.Origin.of(Optional.empty(), "unknown"));
    Reason reason = new Reason("BROKE", Advice.BROKEN, "broke at" + places);
    records.noted().accept(note(reference, Faults.UNEXPECTED, reason, origin));
    paced(
        Faults.UNEXPECTED,
        before ->
            LOG.error(
                "refused reference={} code={} heldBack={} broke at{}",
                reference,
                Faults.UNEXPECTED.code(),
                before,
                places));
  }

  /** Why a message was refused that could be verified. */
  record Reason(String cause, Advice advice, String found) {}

  private static RefusalNote note(
      UUID reference, FaultText told, Reason reason, RefusalNote.Origin origin) {
    return new RefusalNote(
        reference,
        told.code(),
        reason.cause(),
        reason.advice().required(),
        reason.found(),
        reason.advice().remedy(),
        origin);
  }

  private static RefusalNote.Origin origin(VerifiedMessage message) {
    Optional<Asid> sender = message.identified().map(each -> each.asid());
    return new RefusalNote.Origin(
        Optional.of(message.transport()),
        Optional.of(message.signer()),
        message.remoteAddress(),
        Optional.of(message.messageId()),
        Optional.of(message.interaction()),
        sender);
  }

  private void paced(Object kind, Consumer<Integer> line) {
    pace.next(kind).ifPresent(line::accept);
  }
}
