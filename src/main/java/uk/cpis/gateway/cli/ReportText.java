package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import uk.cpis.gateway.MessageCheck;
import uk.cpis.gateway.security.Examination;

/** What the checks said of a captured message, in words. */
final class ReportText {

  private static final String GOOD = "ok";
  private static final String BAD = "REFUSED";
  private static final String OPEN = "not reached";

  private final PrintWriter out;

  ReportText(PrintWriter out) {
    this.out = out;
  }

  void print(MessageCheck.Report report) {
    out.printf("As a message to the endpoint %s:%n", report.endpoint());
    report.security().steps().forEach(this::step);
    report.security().parts().forEach(this::part);
    schema(report);
    sender(report);
    report.right().ifPresent(reason -> line(BAD, "the sender's rights", reason.name()));
    out.println(
        report.passed()
            ? "It would be served, if its id was not used and its connection had the system's"
                + " certificate."
            : "It would be refused, for the first reason above.");
  }

  private void step(Examination.Step step) {
    switch (step.outcome()) {
      case PASSED -> line(GOOD, step.check().words(), "");
      case NOT_REACHED -> line(OPEN, step.check().words(), "");
      case REFUSED ->
          step.refusal()
              .ifPresent(
                  why -> line(BAD, step.check().words(), why.cause() + ": " + why.explanation()));
    }
  }

  private void part(Examination.Part part) {
    String said = part.signed().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    line(
        part.signed() == Examination.Signed.FITS ? GOOD : BAD,
        "signed part " + part.name(),
        "digest " + said);
  }

  private void schema(MessageCheck.Report report) {
    Optional<String> breach = report.schema().flatMap(MessageCheck.Schema::breach);
    String verdict = report.schema().isEmpty() ? OPEN : breach.isEmpty() ? GOOD : BAD;
    line(verdict, "the Body conforms to the schema", breach.orElse(""));
  }

  private void sender(MessageCheck.Report report) {
    String words = "signer and ASID are of one registered system";
    report
        .sender()
        .ifPresentOrElse(
            identity ->
                line(
                    identity.system().isPresent() ? GOOD : BAD,
                    words,
                    identity
                        .system()
                        .map(system -> system.name() + " (" + identity.claimed() + ")")
                        .orElse("claimed ASID " + identity.claimed())),
            () -> line(OPEN, words, ""));
  }

  private void line(String verdict, String what, String why) {
    out.println("  %-11s  %s%s".formatted(verdict, what, why.isEmpty() ? "" : ": " + why));
  }
}
