package uk.cpis.gateway.submission;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import uk.cpis.gateway.demographics.LookUp;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.domain.SubmittedRecord;
import uk.cpis.gateway.store.StoredPlan;
import uk.cpis.gateway.store.Transaction;

/** An update's records: created, changed or ended, each standing or falling alone (rule 8). */
final class Updates implements Work {

  /** A record as it was sent: what is wrong with its form, or the plan it states. */
  private record Sent(Optional<RecordOutcome> fault, Optional<Plan> plan) {}

  private final Transaction tx;
  private final Instant now;
  private final LocalDate today;
  private final List<Sent> records;
  private final Map<PlanKey, Optional<StoredPlan>> held = new HashMap<>();
  private final Map<PlanKey, Plan> loaded = new HashMap<>();

  Updates(Transaction tx, Submission submission, Instant now) {
    this.tx = tx;
    this.now = now;
    this.today = LondonDay.of(now);
    SubmissionReference reference =
        new SubmissionReference(submission.messageId(), submission.sequenceNumber());
    this.records =
        submission.records().stream().map(record -> sent(record, submission, reference)).toList();
  }

  private static Sent sent(
      SubmittedRecord record, Submission submission, SubmissionReference reference) {
    Optional<RecordOutcome> fault = RecordForm.faultOfPlan(record);
    return new Sent(
        fault,
        fault.isPresent()
            ? Optional.empty()
            : Optional.of(RecordForm.plan(record, submission.authority(), reference)));
  }

  @Override
  public Set<NhsNumber> toLookUp() {
    return records.stream()
        .flatMap(record -> record.plan().stream())
        .filter(plan -> standing(plan) == Standing.NEW)
        .map(plan -> plan.key().person())
        .collect(Collectors.toSet());
  }

  @Override
  public List<RecordOutcome> apply(Map<NhsNumber, LookUp> known) {
    return records.stream()
        .map(record -> record.fault().orElseGet(() -> apply(record.plan().orElseThrow(), known)))
        .toList();
  }

  private RecordOutcome apply(Plan plan, Map<NhsNumber, LookUp> known) {
    Optional<Plan> before = Optional.ofNullable(loaded.get(plan.key()));
    if (before.isPresent()) {
      return before.get().equals(plan)
          ? RecordOutcome.loaded(plan.localIdentifier())
          : RecordOutcome.refused(plan.localIdentifier(), DetailCode.REPEATED_IN_SUBMISSION);
    }
    RecordOutcome outcome = PlanChecks.outcome(plan, standing(plan), known, today);
    if (outcome.code().loaded()) {
      keep(plan);
      loaded.put(plan.key(), plan);
    }
    return outcome;
  }

  /** What is unchanged is kept as newly sent, unless what is held was sent later still. */
  private void keep(Plan plan) {
    long number = plan.submission().sequenceNumber();
    if (held(plan.key()).filter(known -> known.appliedAfter(number)).isEmpty()) {
      tx.plans().put(asChecked(plan), now);
    }
  }

  /** An end is taken without a look-up, so the person stays as she was when she was matched. */
  private Plan asChecked(Plan plan) {
    if (standing(plan) != Standing.ENDING) {
      return plan;
    }
    Subject matched = held(plan.key()).flatMap(StoredPlan::plan).orElseThrow().subject();
    return new Plan(plan.key(), plan.period(), matched, plan.localIdentifier(), plan.submission());
  }

  private Standing standing(Plan plan) {
    Optional<StoredPlan> held = held(plan.key());
    return held.isEmpty() && olderThanWhatIsForgotten(plan)
        ? Standing.OUTDATED
        : Standing.of(plan, held, today);
  }

  /** What became of a record that is not there is not known for a number as old as this. */
  private boolean olderThanWhatIsForgotten(Plan plan) {
    OptionalLong forgotten = tx.authorities().forgottenNumber(plan.key().authority());
    return forgotten.isPresent() && plan.submission().sequenceNumber() <= forgotten.getAsLong();
  }

  private Optional<StoredPlan> held(PlanKey key) {
    return held.computeIfAbsent(key, tx.plans()::find);
  }
}
