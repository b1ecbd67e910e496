package uk.cpis.gateway.submission;

import static uk.cpis.gateway.steps.Step.SUBMISSION_COMMITTED;
import static uk.cpis.gateway.steps.Step.SUBMISSION_WRITTEN;

import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.audit.AuditedMessage;
import uk.cpis.gateway.authorisation.AuthorityRights;
import uk.cpis.gateway.demographics.Demographics;
import uk.cpis.gateway.demographics.LookUps;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionOutcome;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;
import uk.cpis.gateway.store.Transaction;

/**
 * Takes updates and deletions (rules 8 to 18). All look-ups come first, then one transaction holds
 * the effects, the memory of the message, its acknowledgement and the audit.
 */
public final class SubmissionService {

  private static final Logger LOG = LoggerFactory.getLogger(SubmissionService.class);

  /**
   * The first transaction asks for look-ups, the second applies; others overtook the rest: a copy
   * of the message, or news of a person.
   */
  private static final int MOST_ROUNDS = 6;

  private final Store store;
  private final Demographics demographics;
  private final Audit audit;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final BiConsumer<Transaction, DemographicEvent> noticed;
  private final Steps steps;

  /**
   * Tells what look-ups say of a number (superseded, invalidated, sensitive) to {@code noticed}, in
   * the submission's own transaction: it is news for other authorities too (rules 14 and 19).
   */
  public SubmissionService(
      Store store,
      Demographics demographics,
      Audit audit,
      InstantSource clock,
      Supplier<UUID> ids,
      BiConsumer<Transaction, DemographicEvent> noticed,
      Steps steps) {
    this.store = store;
    this.demographics = demographics;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
    this.noticed = noticed;
    this.steps = steps;
  }

  /** Acknowledges the submission when its effects are on disk, or says why it is refused. */
  public SubmissionOutcome accept(Submission submission, Sender sender) {
    AuditedMessage message = AuditedMessage.of(submission, sender);
    try {
      return AuthorityRights.of(
              sender.system(), submission.kind().interaction(), submission.authority())
          .then(authority -> take(submission, message), reason -> refuse(message, reason));
    } catch (StoreException failure) {
      LOG.error("submission {} could not be taken", submission.messageId(), failure);
      return new SubmissionOutcome.Refused(RejectionReason.STORE_UNAVAILABLE);
    }
  }

  private SubmissionOutcome refuse(AuditedMessage message, RejectionReason reason) {
    audit.refused(message, reason);
    return new SubmissionOutcome.Refused(reason);
  }

  private SubmissionOutcome take(Submission submission, AuditedMessage message) {
    People people = new People();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Step step = store.inTransaction(tx -> written(tx, submission, message, people));
      if (step instanceof Step.Done done) {
        steps.reached(SUBMISSION_COMMITTED);
        return done.outcome();
      }
      if (step instanceof Step.LookUpAgain again) {
        people.forget(again.overtaken());
      }
      if (!answered(step, people)) {
        return sendAgain(submission, message);
      }
    }
    return refuse(message, RejectionReason.BUSY);
  }

  private Step written(
      Transaction tx, Submission submission, AuditedMessage message, People people) {
    Step step = story(submission, message).told(tx, people);
    if (step instanceof Step.Done) {
      steps.reached(SUBMISSION_WRITTEN);
    }
    return step;
  }

  /** Looks up whom the step asks for; false when demographics cannot be asked. */
  private boolean answered(Step step, People people) {
    Set<NhsNumber> asked =
        step instanceof Step.LookUpFirst first
            ? first.people()
            : step instanceof Step.LookUpAgain again ? again.overtaken().keySet() : Set.of();
    if (asked.isEmpty()) {
      return true;
    }
    LookUps answer = demographics.lookUp(asked);
    if (answer instanceof LookUps.Answered answered) {
      people.add(answered.byNumber());
    }
    return answer instanceof LookUps.Answered;
  }

  private SubmissionStory story(Submission submission, AuditedMessage message) {
    return new SubmissionStory(submission, message, audit, ids, clock.instant(), noticed);
  }

  /** Rule 17: nothing is applied and nothing is remembered, but the audit has it. */
  private SubmissionOutcome sendAgain(Submission submission, AuditedMessage message) {
    Acknowledgement again = Acknowledgement.sendAgain();
    audit.record(message, SubmissionStory.event(submission), again.fileCode().name());
    return new SubmissionOutcome.Acknowledged(again);
  }
}
