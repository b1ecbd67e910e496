package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.datatype.XMLGregorianCalendar;
import uk.cpis.gateway.contract.query.AuthorityRecordsType;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.query.PlanRecordType;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.types.ContactsType;
import uk.cpis.gateway.contract.types.ShownAccessType;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.simulator.GatewayReply;

/** Puts a reply to a query into lines for people, the way a clinical system would show it. */
final class AnswerText {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMMM uuuu HH:mm:ss", Locale.UK).withZone(LONDON);

  private static final int WIDTH = 84;
  private static final String INDENT = "    ";

  private AnswerText() {}

  /** The definite answer: each authority with its telephones and records, then the history. */
  static List<String> of(PlanQueryResponse answer) {
    List<String> lines = new ArrayList<>();
    if (answer.getAuthorityRecords().isEmpty()) {
      lines.add("No records found. That is not \"no concern\": the usual referral route remains.");
    }
    answer.getAuthorityRecords().forEach(records -> authority(records, lines));
    if (!answer.getAccess().isEmpty()) {
      lines.add(
          "Accesses shown, newest first (repeats by the same user within 24 hours show once):");
      answer.getAccess().forEach(access -> lines.add("  " + access(access)));
    }
    return lines;
  }

  /** Any reply, in lines; the last one says how long it took. */
  static List<String> of(GatewayReply<PlanQueryResponse> reply) {
    return reply instanceof GatewayReply.Answered<PlanQueryResponse> answered
        ? of(answered.content())
        : unanswered("Could not check", reply);
  }

  private static List<String> unanswered(String what, GatewayReply<?> reply) {
    List<String> lines = new ArrayList<>();
    if (reply instanceof GatewayReply.Faulted<?> faulted) {
      lines.add(what + ". The gateway answers with a fault:");
      faulted.errors().forEach(error -> lines.add("  " + error));
    } else if (reply instanceof GatewayReply.Failed<?> failed) {
      lines.add(what + ": " + failed.reason());
    }
    return lines;
  }

  /** Tells why there is no definite answer; the exit code that says the same to scripts. */
  static int unanswered(GatewayReply<?> reply, PrintWriter out) {
    unanswered("Could not be done", reply).forEach(out::println);
    return reply instanceof GatewayReply.Failed<?> failed && !failed.reached()
        ? Cpis.UNREACHABLE
        : 1;
  }

  private static void authority(AuthorityRecordsType records, List<String> lines) {
    lines.add(records.getLocalAuthority().getName());
    for (PlanRecordType plan : records.getRecord()) {
      lines.add("  " + plan(plan));
    }
    ContactsType contacts = records.getLocalAuthority().getContacts();
    lines.add("  emergency duty team " + contacts.getEmergencyDutyTelephone());
    if (contacts.getOfficeHoursTelephone() != null) {
      lines.add("  in office hours     " + contacts.getOfficeHoursTelephone());
    }
  }

  private static String plan(PlanRecordType plan) {
    String type =
        PlanType.ofCode(plan.getPlanType().value())
            .map(PlanType::description)
            .orElse(plan.getPlanType().value());
    String since = type + " since " + day(plan.getStartDate());
    return plan.getEndDate() == null ? since : since + ", ended " + day(plan.getEndDate());
  }

  private static String access(ShownAccessType access) {
    return MOMENT.format(moment(access.getAccessedAt()))
        + "  "
        + access.getUserName()
        + ", "
        + access.getJobRole().getName()
        + ", "
        + access.getOrganisation().getName();
  }

  /** The codes of an update of one record, with what they mean where all went well. */
  static String codes(SubmissionAcknowledgementType acknowledgement) {
    String file = acknowledgement.getFileCode().value();
    String record =
        acknowledgement.getRecord().stream()
            .findFirst()
            .map(each -> each.getCode().value())
            .orElse("none");
    return "file %s%s, record %s%s"
        .formatted(
            file,
            file.equals("CPF02") ? " (every record loaded)" : "",
            record,
            record.equals("CPR06") ? " (loaded)" : "");
  }

  /** A long line in pieces that fit a window, cut at spaces, the later ones indented. */
  static List<String> folded(String line) {
    List<String> pieces = new ArrayList<>();
    String rest = line;
    while (rest.length() > WIDTH && rest.lastIndexOf(' ', WIDTH) > INDENT.length()) {
      int cut = rest.lastIndexOf(' ', WIDTH);
      pieces.add(rest.substring(0, cut));
      rest = INDENT + rest.substring(cut + 1);
    }
    pieces.add(rest);
    return pieces;
  }

  /** The moment that a time of the contract names. */
  static Instant moment(XMLGregorianCalendar time) {
    return time.toGregorianCalendar().toInstant();
  }

  private static String day(XMLGregorianCalendar day) {
    return DAY.format(LocalDate.of(day.getYear(), day.getMonth(), day.getDay()));
  }

  /** A duration in whole milliseconds, as it is read aloud. */
  static String millis(Duration duration) {
    return String.format(Locale.UK, "%,d ms", Math.max(0, duration.toMillis()));
  }
}
