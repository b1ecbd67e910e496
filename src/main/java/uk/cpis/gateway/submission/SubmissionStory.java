package uk.cpis.gateway.submission;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.audit.AuditedMessage;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.FileCode;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.RememberedMessage;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionOutcome;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.store.StoredSubmission;
import uk.cpis.gateway.store.Transaction;

/** One submission in one transaction: here before, refused as a file, or applied. */
final class SubmissionStory {

  private static final Logger LOG = LoggerFactory.getLogger(SubmissionStory.class);

  private final Submission submission;
  private final AuditedMessage message;
  private final Audit audit;
  private final Supplier<UUID> ids;
  private final Instant now;
  private final BiConsumer<Transaction, DemographicEvent> noticed;

  SubmissionStory(
      Submission submission,
      AuditedMessage message,
      Audit audit,
      Supplier<UUID> ids,
      Instant now,
      BiConsumer<Transaction, DemographicEvent> noticed) {
    this.submission = submission;
    this.message = message;
    this.audit = audit;
    this.ids = ids;
    this.now = now;
    this.noticed = noticed;
  }

  static AuditEvent event(Submission submission) {
    return switch (submission.kind()) {
      case UPDATE -> AuditEvent.UPDATE_ACKNOWLEDGED;
      case DELETE -> AuditEvent.DELETE_ACKNOWLEDGED;
    };
  }

  /** Tells it as far as it goes with what is known from demographics. */
  Step told(Transaction tx, People people) {
    Optional<RememberedMessage> before =
        tx.messages().remembered(message.sender().asid(), submission.messageId());
    if (before.isPresent()) {
      return repeated(tx, before.get());
    }
    if (productTooOld()) {
      return fileRefusedButNotRemembered(tx);
    }
    OptionalLong last = tx.authorities().takeTurn(submission.authority());
    Optional<StoredSubmission> sameNumber =
        tx.submissions().bySequence(submission.authority(), submission.sequenceNumber());
    if (sameNumber.isPresent()) {
      return numberTaken(tx, sameNumber.get());
    }
    return submission.recordCount() == submission.records().size()
        ? records(tx, people, last)
        : fileRefused(tx, DetailCode.RECORD_COUNT_WRONG);
  }

  /** The same message again has the same acknowledgement; other content is refused. */
  private Step repeated(Transaction tx, RememberedMessage before) {
    if (!before.same(submission.kind().interaction(), submission.digest())) {
      RejectionReason reused = RejectionReason.MESSAGE_ID_REUSED;
      audit.append(tx, message, AuditEvent.MESSAGE_REFUSED, reused.name());
      return new Step.Done(new SubmissionOutcome.Refused(reused));
    }
    return acknowledgedBefore(tx, before.reference());
  }

  private Step acknowledgedBefore(Transaction tx, UUID reference) {
    Acknowledgement first =
        tx.submissions()
            .find(reference)
            .orElseThrow(() -> new IllegalStateException("no such submission: " + reference))
            .acknowledgement();
    audit.append(tx, message, AuditEvent.SUBMISSION_REPEATED, first.fileCode().name());
    return done(first);
  }

  /** The same number again with the same content, or with other (rule 18). */
  private Step numberTaken(Transaction tx, StoredSubmission first) {
    if (!first.digest().equals(submission.digest())) {
      return fileRefused(tx, DetailCode.SEQUENCE_NUMBER_REUSED);
    }
    if (!remember(tx, first.id())) {
      return new Step.Again();
    }
    tx.submissions().asked(first.id(), now);
    return acknowledgedBefore(tx, first.id());
  }

  private boolean productTooOld() {
    return message
        .sender()
        .system()
        .minimumProductVersion()
        .map(ProductVersion::of)
        .filter(minimum -> ProductVersion.of(submission.productVersion()).compareTo(minimum) < 0)
        .isPresent();
  }

  private Step fileRefusedButNotRemembered(Transaction tx) {
    Acknowledgement refusal =
        Acknowledgement.refused(FileCode.CPF06, DetailCode.PRODUCT_VERSION_TOO_OLD);
    audit.append(tx, message, event(submission), refusal.fileCode().name());
    return done(refusal);
  }

  private Step fileRefused(Transaction tx, DetailCode detail) {
    UUID id = ids.get();
    if (!remember(tx, id)) {
      return new Step.Again();
    }
    return settle(tx, id, Acknowledgement.refused(FileCode.CPF01, detail), false);
  }

  private Step records(Transaction tx, People people, OptionalLong last) {
    Work work = work(tx);
    Set<NhsNumber> toLookUp = work.toLookUp();
    Set<NhsNumber> unknown = people.without(toLookUp);
    if (!unknown.isEmpty()) {
      return new Step.LookUpFirst(unknown);
    }
    UUID id = ids.get();
    if (!remember(tx, id)) {
      return new Step.Again();
    }
    List<RecordOutcome> outcomes = work.apply(people.lookUps());
    toLookUp.stream()
        .sorted()
        .flatMap(person -> people.news(person).stream())
        .forEach(news -> noticed.accept(tx, news));
    Map<NhsNumber, NumberStanding> overtaken = people.overtaken(toLookUp, tx.standings());
    if (!overtaken.isEmpty()) {
      tx.undo();
      return new Step.LookUpAgain(overtaken);
    }
    advance(tx, last);
    return settle(tx, id, Acknowledgement.of(outcomes), true);
  }

  private Work work(Transaction tx) {
    return switch (submission.kind()) {
      case UPDATE -> new Updates(tx, submission, now);
      case DELETE ->
          new Deletions(tx, submission, now, key -> audit.appendDeletion(tx, message, key));
    };
  }

  private boolean remember(Transaction tx, UUID reference) {
    return tx.messages()
        .remember(
            new RememberedMessage(
                message.sender().asid(),
                submission.messageId(),
                submission.kind().interaction(),
                submission.digest(),
                now,
                reference));
  }

  /** The newest submission sets the number and the telephones; a late one does not. */
  private void advance(Transaction tx, OptionalLong last) {
    long number = submission.sequenceNumber();
    if (last.isPresent() && number < last.getAsLong()) {
      LOG.info(
          "CPG-SEQUENCE-LATE authority={} number={} after={}",
          submission.authority(),
          number,
          last.getAsLong());
      return;
    }
    if (last.isPresent() && number > last.getAsLong() + 1) {
      LOG.warn(
          "CPG-SEQUENCE-GAP authority={} number={} after={}",
          submission.authority(),
          number,
          last.getAsLong());
    }
    tx.authorities().setLastSequence(submission.authority(), number);
    submission
        .contacts()
        .ifPresent(contacts -> tx.authorities().setContacts(submission.authority(), contacts));
  }

  private Step settle(
      Transaction tx, UUID id, Acknowledgement acknowledgement, boolean numberTaken) {
    boolean added =
        tx.submissions()
            .add(
                new StoredSubmission(
                    id,
                    submission.authority(),
                    message.sender().asid(),
                    submission.kind(),
                    new SubmissionReference(submission.messageId(), submission.sequenceNumber()),
                    submission.digest(),
                    numberTaken,
                    now,
                    acknowledgement));
    if (!added) {
      throw new IllegalStateException("a sequence number was taken out of turn");
    }
    audit.append(tx, message, event(submission), acknowledgement.fileCode().name());
    return done(acknowledgement);
  }

  private static Step done(Acknowledgement acknowledgement) {
    return new Step.Done(new SubmissionOutcome.Acknowledged(acknowledgement));
  }
}
