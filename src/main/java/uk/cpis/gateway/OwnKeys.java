package uk.cpis.gateway;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.Registered;
import uk.cpis.gateway.domain.RegistrationChange;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.operations.RegistrationOutcome;
import uk.cpis.gateway.operations.RegistrationOutcome.Refused;
import uk.cpis.gateway.operations.RegistrationOutcome.Taken;
import uk.cpis.gateway.pki.CertificateFingerprints;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.CertificatePurpose;
import uk.cpis.gateway.pki.KeyMaterial;

/**
 * The gateway's own keys and the CAs that it believes, as they are in force: read again when their
 * files change, and when an operator says so. What cannot be read whole, does not belong together
 * or cannot be used changes nothing. What was begun with a key ends with it. Safe to share between
 * threads.
 */
final class OwnKeys {

  private static final Logger LOG = LoggerFactory.getLogger(OwnKeys.class);
  private static final String OWED =
      "keys or CAs that changed are not in use everywhere yet; it is tried again";

  private final GatewayConfig settings;
  private final RegistrationAudit changes;
  private final InstantSource clock;
  private final List<Consumer<GatewayKeys>> followers = new CopyOnWriteArrayList<>();
  private volatile GatewayKeys current;
  private volatile Optional<String> fault = Optional.empty();
  private volatile boolean behind;
  private String seen;
  private Operator inTheNameOf = RegistrationAudit.FILES;

  /**
   * Has these in force, which were read from the files, and keeps in the audit what is new.
   *
   * @param seen what the files held before they were read, so that no change after it is missed
   */
  OwnKeys(
      GatewayConfig settings,
      String seen,
      GatewayKeys first,
      RegistrationAudit changes,
      InstantSource clock) {
    this.settings = settings;
    this.current = first;
    this.changes = changes;
    this.clock = clock;
    this.seen = seen;
    changes.keep(forms(first), RegistrationAudit.FILES);
  }

  /** One value for all that is in the files now; never empty. */
  static String contents(GatewayConfig settings) {
    return FileContents.of(GatewayKeys.files(settings));
  }

  /** Has this done whenever new connections are to be made with other keys or other trust. */
  void follow(Consumer<GatewayKeys> follower) {
    followers.add(follower);
  }

  /** The key that answers are signed with towards a system registered for this kind. */
  KeyMaterial signing(SignatureKind kind) {
    return current.signing(kind);
  }

  GatewayKeys current() {
    return current;
  }

  /**
   * Takes the files when they changed since they were taken last, or were not taken: a file that
   * could not be read for a moment is no other file than before. What is wrong is told once.
   */
  synchronized void look() {
    String now = contents(settings);
    try {
      if (!now.equals(seen) || fault.isPresent()) {
        take(now, inTheNameOf);
      } else if (behind) {
        trustChanged();
      }
    } catch (RuntimeException toldAlready) {
      LOG.debug("not taken, and tried again", toldAlready);
    }
  }

  /** Takes the files as they are, in this operator's name. */
  synchronized RegistrationOutcome load(Operator operator) {
    return take(contents(settings), operator);
  }

  /**
   * Has connections made from now on judged by what is believed now; whoever could not is told
   * again with the next look.
   */
  synchronized void trustChanged() {
    boolean told = behind;
    behind = true;
    try {
      followers.forEach(each -> each.accept(current));
      behind = false;
    } catch (RuntimeException e) {
      tellOwed(told, RegistrationAudit.FILES, e);
      throw e;
    }
  }

  private RegistrationOutcome take(String now, Operator operator) {
    boolean told = seen.isEmpty() || behind;
    try {
      GatewayKeys next = current.reread(settings);
      List<String> unusable = unusable(next);
      return concluded(
          now, unusable.isEmpty() ? taken(next, operator) : new Refused(unusable), operator);
    } catch (ConfigException e) {
      return concluded(now, new Refused(e.faults()), operator);
    } catch (RuntimeException e) {
      seen = "";
      inTheNameOf = operator;
      fault = Optional.of(OWED);
      tellOwed(told || behind, operator, e);
      throw e;
    }
  }

  /** What cannot be audited is not concluded, and so tried again. */
  private RegistrationOutcome concluded(
      String now, RegistrationOutcome outcome, Operator operator) {
    if (outcome instanceof Refused refused && !toldBefore(refused, operator, now)) {
      tellRefused(refused.faults(), operator);
      changes.refused(AuditEvent.KEYS_REFUSED, operator);
    }
    seen = now;
    inTheNameOf = RegistrationAudit.FILES;
    return outcome;
  }

  private static void tellOwed(boolean told, Operator operator, RuntimeException cause) {
    if (!told) {
      LOG.error(
          "CPG-KEYS-NOT-TAKEN by={} remedy=\"see the cause; it is tried again until all use them\"",
          operator,
          cause);
    }
  }

  /** What is in force is compared, not what is kept: it may have been kept and not come so far. */
  private Taken taken(GatewayKeys next, Operator operator) {
    List<RegistrationChange> changed = changes.keep(forms(next), operator);
    boolean others = !next.own().equals(current.own()) || !next.anchors().equals(current.anchors());
    if (others) {
      next.paths().renew(next.anchors(), next.revocationLists());
      current = next;
    }
    try {
      if (others || behind) {
        trustChanged();
      }
    } finally {
      changed.forEach(each -> tell(each, operator));
    }
    fault = Optional.empty();
    return new Taken(changed.stream().map(Registry::words).toList());
  }

  private static void tell(RegistrationChange change, Operator operator) {
    LOG.info(
        "CPG-KEYS-CHANGED {} by={} before=\"{}\" after=\"{}\"",
        Registry.words(change),
        operator,
        change.before().orElse("").replace('\n', ' '),
        change.after().orElse("").replace('\n', ' '));
  }

  private boolean toldBefore(Refused refused, Operator operator, String now) {
    return now.equals(seen)
        && fault.equals(Optional.of(faultOf(refused.faults())))
        && operator.equals(RegistrationAudit.FILES);
  }

  private void tellRefused(List<String> faults, Operator operator) {
    fault = Optional.of(faultOf(faults));
    LOG.error(
        "CPG-KEYS-REFUSED by={} faults=\"{}\" remedy=\"mend the files; those before count\"",
        operator,
        String.join("; ", faults));
  }

  private static String faultOf(List<String> faults) {
    return "the files have a fault, those before count: " + faults.get(0);
  }

  /** A key that is new must be good for what it is for, or the old one stays. */
  private List<String> unusable(GatewayKeys next) {
    Instant now = clock.instant();
    return next.own().entrySet().stream()
        .filter(each -> !each.getValue().equals(current.own().get(each.getKey())))
        .flatMap(
            each ->
                CertificatePaths.faultOf(each.getValue().certificate(), purpose(each.getKey()), now)
                    .map(why -> each.getKey() + ": " + why.explanation())
                    .stream())
        .toList();
  }

  static CertificatePurpose purpose(String key) {
    return switch (key) {
      case GatewayKeys.TLS_SERVER -> CertificatePurpose.TLS_SERVER;
      case GatewayKeys.TLS_CLIENT -> CertificatePurpose.TLS_CLIENT;
      default -> CertificatePurpose.MESSAGE_SIGNING;
    };
  }

  private static Map<Registered, String> forms(GatewayKeys keys) {
    Map<Registered, String> forms = new TreeMap<>();
    keys.own()
        .forEach(
            (name, key) ->
                forms.put(new Registered(Registered.Kind.KEY, name), form(key.certificate())));
    keys.anchors().intermediates().forEach(ca -> forms.put(anchor(ca), form("issuing", ca)));
    keys.anchors().anchors().forEach(ca -> forms.put(anchor(ca), form("anchor", ca)));
    return forms;
  }

  private static Registered anchor(X509Certificate ca) {
    int asMuchAsASubjectHolds = 12;
    String name = CertificateFingerprints.of(ca).hex().substring(0, asMuchAsASubjectHolds);
    return new Registered(Registered.Kind.ANCHOR, name);
  }

  private static String form(String believedAs, X509Certificate ca) {
    return form(ca) + "\nbelievedAs=" + believedAs;
  }

  private static String form(X509Certificate certificate) {
    return "certificate="
        + CertificateFingerprints.of(certificate)
        + "\nsubject="
        + certificate.getSubjectX500Principal().getName()
        + "\nnotAfter="
        + certificate.getNotAfter().toInstant();
  }

  /** What an operator should do something about. */
  Optional<String> fault() {
    return fault.or(() -> behind ? Optional.of(OWED) : Optional.empty());
  }
}
