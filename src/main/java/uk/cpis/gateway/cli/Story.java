package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.simulator.AuthorityClient;
import uk.cpis.gateway.simulator.ClinicalSystem;
import uk.cpis.gateway.simulator.Clinicians;
import uk.cpis.gateway.simulator.FollowUpTask;
import uk.cpis.gateway.simulator.GatewayReply;
import uk.cpis.gateway.simulator.SimulatedAuthority;
import uk.cpis.gateway.simulator.SyntheticPlan;

/**
 * The story of a looked-after child of Tower Hamlets, placed in Hackney, who is brought to
 * Homerton's emergency department; told line by line while it happens over the wire.
 */
final class Story {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final int TIME_WIDTH = "23:59:59.999".length();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.of("Europe/London"));

  private final Demonstration demonstration;
  private final UntilStopped until;
  private final PrintWriter out;
  private boolean asItShould = true;

  Story(Demonstration demonstration, UntilStopped until, PrintWriter out) {
    this.demonstration = demonstration;
    this.until = until;
    this.out = out;
  }

  /** Tells both chapters; whether everything went as it should. */
  boolean tell() throws InterruptedException {
    var story = demonstration.pack().story();
    chapter(
        "A child of Tower Hamlets, placed in Hackney, comes to Homerton's emergency department.");
    sends(story.lookedAfter());
    asks(Clinicians.CONSULTANT, List.of(story.lookedAfter()));
    chapter("Hackney protects the child too. Then NHS 111 is rung about the same child.");
    sends(story.childProtection());
    asks(Clinicians.CALL_HANDLER, List.of(story.lookedAfter(), story.childProtection()));
    return asItShould;
  }

  private void chapter(String title) {
    out.println();
    out.println(title);
  }

  private void sends(SyntheticPlan plan) {
    SimulatedAuthority authority = demonstration.authorities().of(plan.authority());
    String name = authority.authority().name();
    say(name + " sends an update: " + plan.type().description() + ", signed, over mutual TLS.");
    try (AuthorityClient client = authority.client(demonstration.submissions())) {
      GatewayReply<SubmissionAcknowledgementType> reply = client.update(List.of(plan));
      if (reply instanceof GatewayReply.Answered<SubmissionAcknowledgementType> answered) {
        SubmissionAcknowledgementType acknowledgement = answered.content();
        expect(acknowledgement.getFileCode().value().equals("CPF02"));
        say(
            "  acknowledged after %s: %s."
                .formatted(AnswerText.millis(reply.took()), AnswerText.codes(acknowledgement)));
      } else {
        expect(false);
        say("  not acknowledged: " + reply);
      }
    }
  }

  private void asks(Clinicians clinician, List<SyntheticPlan> known) throws InterruptedException {
    var pack = demonstration.pack();
    var person = pack.story().child().number();
    List<Integer> tasksBefore = known.stream().map(plan -> authority(plan).tasks().size()).toList();
    say(
        "%s (%s, %s) queries NHS number %s."
            .formatted(
                clinician.shownName(),
                clinician.jobRole().name(),
                clinician.site(pack).name(),
                person.spaced()));
    try (ClinicalSystem system =
        clinician.system(
            demonstration.certificates(), demonstration.world(), demonstration.queries())) {
      GatewayReply<PlanQueryResponse> reply = system.ask(clinician.about(person, pack));
      say("  answered after " + AnswerText.millis(reply.took()) + ", signature verified:");
      AnswerText.of(reply).forEach(line -> goesOn("    " + line));
      if (reply instanceof GatewayReply.Answered<PlanQueryResponse> answered) {
        expect(answered.content().getAuthorityRecords().size() >= known.size());
        Instant answeredAt = AnswerText.moment(answered.content().getAnsweredAt());
        for (int i = 0; i < known.size(); i++) {
          isTold(authority(known.get(i)), tasksBefore.get(i), answeredAt);
        }
      } else {
        expect(false);
      }
    }
  }

  private void isTold(SimulatedAuthority authority, int tasksBefore, Instant answeredAt)
      throws InterruptedException {
    String name = authority.authority().name();
    Optional<FollowUpTask> made = newTask(authority, tasksBefore);
    Optional<Instant> settled =
        made.isPresent() ? settledAt(made.get()) : Optional.<Instant>empty();
    if (made.isEmpty() || settled.isEmpty()) {
      expect(false);
      say("  " + name + " was not notified within " + LONGEST_WAIT.toSeconds() + " s.");
      return;
    }
    say(
        "  %s is notified: acknowledged %s after the access; task %d made:"
            .formatted(
                name,
                AnswerText.millis(Duration.between(answeredAt, settled.get())),
                made.get().number()));
    made.get()
        .text()
        .lines()
        .flatMap(line -> AnswerText.folded(line).stream())
        .forEach(line -> goesOn("    | " + line));
  }

  private Optional<FollowUpTask> newTask(SimulatedAuthority authority, int before)
      throws InterruptedException {
    return await(() -> authority.tasks().stream().skip(before).findFirst());
  }

  private Optional<Instant> settledAt(FollowUpTask task) throws InterruptedException {
    return await(() -> demonstration.gateway().settledAt(task.notification()));
  }

  private <T> Optional<T> await(java.util.function.Supplier<Optional<T>> question)
      throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    Optional<T> found = question.get();
    while (found.isEmpty() && System.nanoTime() < deadline) {
      until.goOn();
      TimeUnit.MILLISECONDS.sleep(5);
      found = question.get();
    }
    return found;
  }

  private SimulatedAuthority authority(SyntheticPlan plan) {
    return demonstration.authorities().of(plan.authority());
  }

  private void expect(boolean holds) {
    asItShould &= holds;
  }

  /** A line that belongs to the one before and bears no time. */
  private void goesOn(String line) {
    out.println(" ".repeat(TIME_WIDTH) + "  " + line);
    out.flush();
  }

  private void say(String line) {
    until.goOn();
    out.println(TIME.format(demonstration.world().clock().instant()) + "  " + line);
    out.flush();
  }
}
