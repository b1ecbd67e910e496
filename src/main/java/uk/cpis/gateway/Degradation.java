package uk.cpis.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.Registered;
import uk.cpis.gateway.operations.RegistrationOutcome;
import uk.cpis.gateway.operations.RegistrationOutcome.Refused;
import uk.cpis.gateway.operations.RegistrationOutcome.Taken;
import uk.cpis.gateway.pki.CertificatePaths;

/**
 * Until when certificates pass whose revocation is unknown: as the settings say, and as an operator
 * has it begin and end while the gateway runs. What an operator said is kept in the store with who
 * and why, so a restart neither ends it nor makes it longer; what the settings say counts again
 * after a restart, unless an operator ended just that, and then no longer whatever he begins. Safe
 * to share between threads.
 */
final class Degradation {

  /** Nobody is to forget that revocation is not looked at. */
  static final Duration LONGEST = Duration.ofHours(72);

  private static final Registered SUBJECT = new Registered(Registered.Kind.REVOCATION, "unknown");

  /** What an operator may write as a reason: it stays in the audit. */
  private static final Pattern REASON = Pattern.compile("[\\p{L}\\p{N} .,:;()/'+-]{3,200}");

  private static final String UNTIL = "until=";
  private static final String ENDED = "ended=";

  /** Where the settings' end is the later one. */
  private static final String IN_FORCE = "\nin-force-until=";

  private final Optional<Instant> setting;
  private final CertificatePaths paths;
  private final RegistrationAudit changes;
  private final InstantSource clock;
  private final Runnable changed;

  /**
   * Has in force what the settings say and what an operator said before the start.
   *
   * @param changed told when it is other than it was
   */
  Degradation(
      Optional<Instant> setting,
      CertificatePaths paths,
      RegistrationAudit changes,
      InstantSource clock,
      Runnable changed) {
    this.setting = setting;
    this.paths = paths;
    this.changes = changes;
    this.clock = clock;
    this.changed = changed;
    paths.renew(inForce(changes.form(SUBJECT)));
  }

  /** The later of the two ends that have not come; the settings' own unless that was ended. */
  private Optional<Instant> inForce(Optional<String> kept) {
    Optional<Instant> ended = kept.flatMap(form -> time(form, ENDED));
    return Stream.concat(
            setting.filter(each -> ended.filter(each::equals).isEmpty()).stream(),
            kept.flatMap(form -> time(form, UNTIL)).stream())
        .filter(clock.instant()::isBefore)
        .max(Comparator.naturalOrder());
  }

  private static Optional<Instant> time(String form, String name) {
    return form.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> Instant.parse(line.substring(name.length())))
        .findFirst();
  }

  /** Begins it, or has it end at another moment, because of this and in this operator's name. */
  synchronized RegistrationOutcome begin(String until, String reason, Operator operator) {
    List<String> faults = new ArrayList<>();
    Instant now = clock.instant();
    Optional<Instant> end = parsed(until);
    if (end.filter(now::isBefore).isEmpty()) {
      faults.add("until: expected a moment ahead, such as " + now.plus(LONGEST));
    } else if (end.orElseThrow().isAfter(now.plus(LONGEST))) {
      faults.add("until: 72 hours ahead at the most, which is " + now.plus(LONGEST));
    }
    if (!REASON.matcher(reason).matches()) {
      faults.add("reason: expected 3 to 200 letters, digits and marks, and no person");
    }
    if (!faults.isEmpty()) {
      changes.refused(AuditEvent.REVOCATION_UNKNOWN_REFUSED, operator);
      return new Refused(faults);
    }
    return keep(begun(end.orElseThrow(), reason), operator);
  }

  /** What was ended stays ended; and it says when it is later than what was asked for. */
  private String begun(Instant end, String reason) {
    String ended =
        changes
            .form(SUBJECT)
            .flatMap(form -> time(form, ENDED))
            .map(each -> "\n" + ENDED + each)
            .orElse("");
    String form = UNTIL + end + "\nreason=" + reason + ended;
    return inForce(Optional.of(form))
        .filter(later -> !later.equals(end))
        .map(later -> form + IN_FORCE + later)
        .orElse(form);
  }

  private static Optional<Instant> parsed(String until) {
    try {
      return Optional.of(Instant.parse(until));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Ends it, whoever began it. */
  synchronized RegistrationOutcome end(Operator operator) {
    if (paths.revocationUnknownUntil().filter(clock.instant()::isBefore).isEmpty()) {
      return new Taken(List.of());
    }
    String ended = setting.map(each -> ENDED + each).orElse("ended");
    return keep(ended, operator);
  }

  /** Audited before it counts. */
  private Taken keep(String form, Operator operator) {
    List<String> told =
        changes.keep(SUBJECT, Optional.of(form), operator).stream()
            .map(change -> form.replace('\n', ' '))
            .toList();
    paths.renew(inForce(Optional.of(form)));
    changed.run();
    return new Taken(told);
  }
}
