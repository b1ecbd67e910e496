package uk.cpis.gateway.submission;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import uk.cpis.gateway.demographics.LookUp;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.domain.SubmittedRecord;
import uk.cpis.gateway.store.StoredPlan;
import uk.cpis.gateway.store.Transaction;

/**
 * A deletion's records: removed whatever demographics say of the person by now (rule 12). What is
 * not there is answered so, and leaves its trace all the same, so that a late submission with a
 * lower number does not create it afterwards.
 */
final class Deletions implements Work {

  private final Transaction tx;
  private final Submission submission;
  private final Instant now;
  private final Consumer<PlanKey> audit;
  private final Set<PlanKey> deleted = new HashSet<>();

  /** Tells the audit of each record that it deletes. */
  Deletions(Transaction tx, Submission submission, Instant now, Consumer<PlanKey> audit) {
    this.tx = tx;
    this.submission = submission;
    this.now = now;
    this.audit = audit;
  }

  @Override
  public Set<NhsNumber> toLookUp() {
    return Set.of();
  }

  @Override
  public List<RecordOutcome> apply(Map<NhsNumber, LookUp> known) {
    return submission.records().stream().map(this::apply).toList();
  }

  private RecordOutcome apply(SubmittedRecord record) {
    return RecordForm.faultOfKey(record)
        .orElseGet(() -> apply(record, RecordForm.key(record, submission.authority())));
  }

  private RecordOutcome apply(SubmittedRecord record, PlanKey key) {
    Optional<DetailCode> refusal = deleted.contains(key) ? Optional.empty() : delete(key);
    return refusal
        .map(detail -> RecordOutcome.refused(RecordForm.identifier(record), detail))
        .orElseGet(() -> RecordOutcome.loaded(RecordForm.identifier(record)));
  }

  private Optional<DetailCode> delete(PlanKey key) {
    Optional<StoredPlan> known = tx.plans().find(key);
    boolean held = known.filter(stored -> !stored.deleted()).isPresent();
    if (known.filter(stored -> stored.appliedAfter(submission.sequenceNumber())).isPresent()) {
      return Optional.of(held ? DetailCode.NEWER_SUBMISSION_APPLIED : DetailCode.NOTHING_TO_DELETE);
    }
    tx.plans().delete(key, reference(), now);
    if (!held) {
      return Optional.of(DetailCode.NOTHING_TO_DELETE);
    }
    audit.accept(key);
    deleted.add(key);
    return Optional.empty();
  }

  private SubmissionReference reference() {
    return new SubmissionReference(submission.messageId(), submission.sequenceNumber());
  }
}
