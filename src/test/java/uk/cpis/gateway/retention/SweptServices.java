package uk.cpis.gateway.retention;

import static uk.cpis.gateway.testing.Examples.homerton;
import static uk.cpis.gateway.testing.Examples.newMessageId;
import static uk.cpis.gateway.testing.Examples.nurse;
import static uk.cpis.gateway.testing.Examples.socialCareOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import uk.cpis.gateway.audit.Sealer;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.AuthorityPlans;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionOutcome;
import uk.cpis.gateway.domain.SubmittedRecord;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.OwedReference;
import uk.cpis.gateway.testing.TestSealing;
import uk.cpis.gateway.testing.TestServices;

/** The services on a real store that is swept, and what the tests of retention do with them. */
final class SweptServices implements AutoCloseable {

  /** So small that a handful of rows takes several. */
  static final int SMALL_BATCH = 2;

  final TestServices services;
  final Path store;
  private final Sealer sealer;
  private final RetentionSweep sweep;

  SweptServices(Path folder) {
    this(folder, SMALL_BATCH);
  }

  SweptServices(Path folder, int batch) {
    this.services = TestServices.open(folder);
    this.store = folder.resolve("store");
    RetentionSettings settings =
        new RetentionSettings(
            Duration.ofDays(35),
            Duration.ofDays(400),
            Duration.ofDays(30),
            Duration.ofDays(2922),
            Duration.ofDays(90),
            batch);
    this.sealer = TestSealing.of(services);
    this.sweep =
        new RetentionSweep(
            services.store(), services.audit(), services.clock(), settings, Steps.NONE);
  }

  SweepReport sweep() {
    return sweep(() -> true);
  }

  /** What is swept was sealed before, as by the time that it is old enough. */
  SweepReport sweep(BooleanSupplier goOn) {
    sealer.sealAll();
    return sweep.run(goOn);
  }

  void daysPass(int days) {
    services.clock().advance(Duration.ofDays(days));
  }

  /** A nurse asks; what is shown to her. */
  QueryOutcome.Answered query(NhsNumber person, String userId) {
    PlanQuery query =
        new PlanQuery(
            newMessageId(),
            new ContentDigest("a".repeat(64)),
            person,
            nurse(userId),
            ActivityCode.B0107,
            Optional.of(CareSetting.EMERGENCY_DEPARTMENT));
    QueryOutcome outcome = services.queries().answer(query, homerton());
    if (outcome instanceof QueryOutcome.Answered answered) {
      return answered;
    }
    throw new AssertionError("not answered: " + outcome);
  }

  /** The plans that an answer shows. */
  static List<Plan> plans(QueryOutcome.Answered answer) {
    return answer.authorities().stream().map(AuthorityPlans::plans).flatMap(List::stream).toList();
  }

  /** Everything that is owed to this authority is accepted. */
  List<NotificationId> settleAll(OdsCode authority) {
    List<NotificationId> owed =
        services.store().read(tx -> tx.owed().unsettledOf(authority, 0, 10_000)).stream()
            .map(OwedReference::id)
            .toList();
    owed.forEach(
        id ->
            services
                .store()
                .change(
                    tx ->
                        tx.settlements()
                            .settle(id, AuthorityAnswer.ACCEPTED, services.clock().instant())));
    return owed;
  }

  static SubmittedRecord record(Plan plan) {
    return new SubmittedRecord(
        plan.localIdentifier(),
        Optional.of(plan.key().person().digits()),
        Optional.of(plan.key().type().code()),
        Optional.of(plan.period().start().toString()),
        plan.period().end().map(Object::toString),
        Optional.of(plan.subject().familyName()),
        Optional.of(plan.subject().givenName()),
        Optional.of(plan.subject().dateOfBirth().toString()));
  }

  static Submission submission(
      Submission.Kind kind, OdsCode authority, long sequence, String digest, Plan... plans) {
    return new Submission(
        kind,
        authority,
        newMessageId(),
        new ContentDigest(digest.repeat(64)),
        sequence,
        "Synthetic Social Care",
        "1.0",
        plans.length,
        Optional.empty(),
        Stream.of(plans).map(SweptServices::record).toList());
  }

  /** An authority's system sends it. */
  Acknowledgement send(Submission submission) {
    SubmissionOutcome outcome =
        services
            .submissions(services.register())
            .accept(submission, socialCareOf(submission.authority()));
    if (outcome instanceof SubmissionOutcome.Acknowledged acknowledged) {
      return acknowledged.acknowledgement();
    }
    throw new AssertionError("not acknowledged: " + outcome);
  }

  @Override
  public void close() {
    services.close();
  }
}
