package uk.cpis.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.directory.RegistrationException;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Operator;
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
  private final Keeping changes;
  private final Audit audit;
  private final Runnable endpointsChanged;
  private String seen;
  private String lookedAt;
  private Operator inTheNameOf = RegistrationAudit.FILES;
  private boolean endpointsBehind;
  private final ToLongFunction<OdsCode> owed;
  private final List<Runnable> waysFollowers = new CopyOnWriteArrayList<>();
  private volatile Optional<String> fault = Optional.empty();

  /** Keeps in the audit what changes, in this name, and tells what did. */
  interface Keeping {
    List<RegistrationChange> keep(Registrations now, Operator operator);
  }

  /**
   * Has in force what was read of the files.
   *
   * @param seen what the files held before they were read, so that no change after it is missed
   * @param endpointsChanged has connections to authorities made anew
   * @param owed how much an authority is owed, which is told when it is gone
   */
  Registry(
      Path folder,
      String seen,
      Directory directory,
      Keeping changes,
      Audit audit,
      Runnable endpointsChanged,
      ToLongFunction<OdsCode> owed) {
    this.owed = owed;
    this.folder = folder;
    this.directory = directory;
    this.changes = changes;
    this.audit = audit;
    this.endpointsChanged = endpointsChanged;
    this.seen = seen;
    this.lookedAt = seen;
  }

  /** Has this done now, and whenever others may be delivered to than were. */
  void follow(Runnable waysChanged) {
    waysFollowers.add(waysChanged);
    waysChanged.run();
  }

  /**
   * Takes the files when they changed since they were taken last, or were not taken: a file that
   * could not be read for a moment is no other file than before. What changed is taken when two
   * looks find the same, since it may be half saved at the first. A fault is told once. What has
   * none is taken in the name of whoever wanted it.
   */
  synchronized void look() {
    String now = contents(folder);
    if (now.equals(lookedAt)) {
      takeWhatChanged(now);
    }
    lookedAt = now;
  }

  private void takeWhatChanged(String now) {
    if (!now.equals(seen) || fault.isPresent()) {
      try {
        take(now, inTheNameOf);
      } catch (RuntimeException toldAlready) {
        LOG.debug("not taken, and tried again", toldAlready);
      }
    }
  }

  /** Takes the files as they are, in this operator's name. */
  synchronized RegistrationOutcome load(Operator operator) {
    return audited(take(contents(folder), operator), operator);
  }

  /**
   * Takes the systems or authorities that a command proposed in a file of its own, which then is
   * that of the registration; one with a fault is put away, and so is one made from a file that is
   * another now: it would undo what was done meanwhile. What the files had changed before is taken
   * first, since it is not the operator's.
   */
  synchronized RegistrationOutcome takeProposed(String name, Operator operator) {
    takeWhatChanged(contents(folder));
    Optional<Proposal<?>> proposal = Proposal.named(name);
    return proposal.isPresent()
        ? takeProposed(proposal.get(), operator)
        : audited(new Refused(List.of("not the name of a proposal")), operator);
  }

  private RegistrationOutcome takeProposed(Proposal<?> proposal, Operator operator) {
    try {
      proposal.take(folder, proposed -> {});
      proposal.discardOutdated(folder);
      return load(operator);
    } catch (RegistrationException e) {
      proposal.discard(folder);
      return audited(new Refused(e.faults()), operator);
    }
  }

  private RegistrationOutcome take(String now, Operator operator) {
    lookedAt = now;
    try {
      Taken taken = taken(Registrations.read(folder), operator);
      settled(now);
      return taken;
    } catch (RegistrationException e) {
      refused(e.faults(), operator, now.equals(seen));
      settled(now);
      return new Refused(e.faults());
    } catch (RuntimeException e) {
      owed(operator, e);
      throw e;
    }
  }

  private void refused(List<String> faults, Operator operator, boolean sameFiles) {
    Optional<String> before = fault;
    fault = Optional.of("the files have a fault, those before count: " + faults.get(0));
    boolean told = sameFiles && fault.equals(before) && operator.equals(RegistrationAudit.FILES);
    if (!told) {
      LOG.error(
          "CPG-REGISTRATION-REFUSED by={} faults=\"{}\" remedy=\"mend the files; those before count\"",
          operator,
          String.join("; ", faults));
    }
  }

  private void settled(String now) {
    seen = now;
    inTheNameOf = RegistrationAudit.FILES;
  }

  /** No contents are equal to none, so the next look tries again, whatever the files hold then. */
  private void owed(Operator operator, RuntimeException cause) {
    boolean told = seen.isEmpty();
    seen = "";
    inTheNameOf = operator;
    fault = Optional.of("the files could not be taken, those before count; it is tried again");
    if (!told) {
      LOG.error(
          "CPG-REGISTRATION-NOT-TAKEN by={} remedy=\"see the cause; it is tried again until it is"
              + " taken\"",
          operator,
          cause);
    }
  }

  /** Audited before it is in force: what cannot be audited does not count. */
  private Taken taken(Registrations now, Operator operator) {
    List<RegistrationChange> changed = changes.keep(now, operator);
    directory.take(now);
    if (changed.stream().anyMatch(Registry::isOfAnAuthority)) {
      endpointsBehind = true;
      waysFollowers.forEach(Runnable::run);
    }
    if (endpointsBehind) {
      endpointsChanged.run();
      endpointsBehind = false;
    }
    fault = Optional.empty();
    changed.forEach(each -> tell(each, operator));
    return new Taken(changed.stream().map(Registry::words).toList());
  }

  private static boolean isOfAnAuthority(RegistrationChange change) {
    return change.registered().kind() == Registered.Kind.AUTHORITY;
  }

  private void tell(RegistrationChange change, Operator operator) {
    LOG.info("CPG-REGISTRATION {} by={}", words(change), operator);
    if (isOfAnAuthority(change) && change.after().isEmpty()) {
      OdsCode gone = new OdsCode(change.registered().subject());
      LOG.warn(
          "CPG-AUTHORITY-GONE authority={} owed={} remedy=\"what it is owed waits in the store until"
              + " it is registered again\"",
          gone,
          owedTo(gone));
    }
  }

  /** The change is in force by now, whether the store can be asked or not. */
  private String owedTo(OdsCode gone) {
    try {
      return String.valueOf(owed.applyAsLong(gone));
    } catch (RuntimeException e) {
      LOG.debug("the store cannot be asked what {} is owed", gone, e);
      return "unknown";
    }
  }

  static String words(RegistrationChange change) {
    return "%s %s %s"
        .formatted(
            change.before().isEmpty() ? "added" : change.after().isEmpty() ? "removed" : "changed",
            change.registered().kind().name().toLowerCase(Locale.ROOT),
            change.registered().subject());
  }

  private RegistrationOutcome audited(RegistrationOutcome outcome, Operator operator) {
    if (outcome instanceof Refused) {
      audit.recordOperation(operator, AuditEvent.REGISTRATION_REFUSED, "FAULTS");
    } else if (outcome instanceof Taken taken && taken.changes().isEmpty()) {
      audit.recordOperation(operator, AuditEvent.REGISTRATION_LOADED, "UNCHANGED");
    }
    return outcome;
  }

  /** One value for all that is in the files now; never empty. */
  static String contents(Path folder) {
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
    List<OdsCode> switching = directory.switching();
    return switching.isEmpty()
        ? "works"
        : "works; " + switching + " are being switched between delivery and collection";
  }
}
