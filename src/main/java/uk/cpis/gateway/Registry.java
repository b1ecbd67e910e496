package uk.cpis.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.directory.RegistrationException;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Registered;
import uk.cpis.gateway.domain.RegistrationChange;
import uk.cpis.gateway.operations.RegistrationOutcome;
import uk.cpis.gateway.operations.RegistrationOutcome.Refused;
import uk.cpis.gateway.operations.RegistrationOutcome.Taken;

/**
 * Has what lies in the registration's folder in force, while the gateway runs: when its files
 * change, and when an operator says so. A registration with a fault changes nothing. One change at
 * a time; safe to share between threads.
 */
final class Registry {

  private static final Logger LOG = LoggerFactory.getLogger(Registry.class);

  private final Path folder;
  private final Directory directory;
  private final RegistrationAudit changes;
  private final Audit audit;
  private final Runnable endpointsChanged;
  private String seen;
  private volatile Optional<String> fault = Optional.empty();
  private volatile List<OdsCode> waiting = List.of();

  /** Knows the files as they are now; what was read of them is in force. */
  Registry(
      Path folder,
      Directory directory,
      RegistrationAudit changes,
      Audit audit,
      Runnable endpointsChanged) {
    this.folder = folder;
    this.directory = directory;
    this.changes = changes;
    this.audit = audit;
    this.endpointsChanged = endpointsChanged;
    this.seen = contents();
  }

  /** Takes the files when they changed since the last look; a fault is told once. */
  synchronized void look() {
    String now = contents();
    if (!now.equals(seen)) {
      seen = now;
      take(RegistrationAudit.FILES);
    }
  }

  /** Takes the files as they are, in this operator's name. */
  synchronized RegistrationOutcome load(String operator) {
    seen = contents();
    return audited(take(operator), operator);
  }

  /**
   * Takes the systems that a command proposed in a file of its own, which then is that of the
   * systems; one with a fault is put away.
   */
  synchronized RegistrationOutcome takeProposed(String operator) {
    Path proposed = folder.resolve(Proposal.FILE);
    try {
      if (!Files.exists(proposed)) {
        return new Refused(List.of("nothing is proposed in " + proposed));
      }
      Registrations.read(folder, Proposal.FILE);
      Files.move(
          proposed, folder.resolve(Registrations.SYSTEMS), StandardCopyOption.REPLACE_EXISTING);
      return load(operator);
    } catch (RegistrationException e) {
      Proposal.discard(folder);
      return audited(new Refused(e.faults()), operator);
    } catch (IOException e) {
      return new Refused(List.of("cannot put it in place of " + Registrations.SYSTEMS));
    }
  }

  private RegistrationOutcome take(String operator) {
    try {
      return taken(Registrations.read(folder), operator);
    } catch (RegistrationException e) {
      fault = Optional.of("the files have a fault, those before count: " + e.faults().get(0));
      LOG.error(
          "CPG-REGISTRATION-REFUSED by={} faults=\"{}\" remedy=\"mend the files; those before count\"",
          operator,
          String.join("; ", e.faults()));
      return new Refused(e.faults());
    }
  }

  /** Audited before it is in force: what cannot be audited does not count. */
  private Taken taken(Registrations now, String operator) {
    List<RegistrationChange> changed = changes.keep(now, operator);
    directory.take(now);
    if (changed.stream().anyMatch(each -> each.registered().kind() == Registered.Kind.AUTHORITY)) {
      endpointsChanged.run();
    }
    fault = Optional.empty();
    waiting = directory.waiting(now);
    changed.forEach(each -> tell(each, operator));
    if (!waiting.isEmpty()) {
      LOG.warn(
          "CPG-REGISTRATION-WAITS authorities={} remedy=\"their way of delivery counts from the next"
              + " start\"",
          waiting);
    }
    return new Taken(
        changed.stream().map(Registry::words).toList(),
        waiting.stream().map(OdsCode::value).toList());
  }

  private static void tell(RegistrationChange change, String operator) {
    LOG.info("CPG-REGISTRATION {} by={}", words(change), operator);
  }

  static String words(RegistrationChange change) {
    return "%s %s %s"
        .formatted(
            change.before().isEmpty() ? "added" : change.after().isEmpty() ? "removed" : "changed",
            change.registered().kind().name().toLowerCase(Locale.ROOT),
            change.registered().subject());
  }

  private RegistrationOutcome audited(RegistrationOutcome outcome, String operator) {
    if (outcome instanceof Refused) {
      audit.recordOperation(operator, AuditEvent.REGISTRATION_REFUSED, "FAULTS");
    }
    return outcome;
  }

  private String contents() {
    try {
      return FileContents.of(Registrations.files(folder));
    } catch (RegistrationException unreadable) {
      return unreadable.getMessage();
    }
  }

  /** What an operator should do something about. */
  Optional<String> fault() {
    return fault;
  }

  /** How it is while nothing is wrong. */
  String state() {
    return waiting.isEmpty()
        ? "works"
        : "works; the way of delivery to " + waiting + " changes with the next start";
  }
}
