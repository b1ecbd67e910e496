package uk.cpis.gateway;

import java.nio.file.Path;
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

  private final GatewayConfig settings;
  private final RegistrationAudit changes;
  private final InstantSource clock;
  private final List<Consumer<GatewayKeys>> followers = new CopyOnWriteArrayList<>();
  private volatile GatewayKeys current;
  private volatile Optional<String> fault = Optional.empty();
  private String seen;

  /** Has these in force, which were read from the files, and keeps in the audit what is new. */
  OwnKeys(
      GatewayConfig settings, GatewayKeys first, RegistrationAudit changes, InstantSource clock) {
    this.settings = settings;
    this.current = first;
    this.changes = changes;
    this.clock = clock;
    this.seen = FileContents.of(files(settings));
    changes.keep(forms(first), RegistrationAudit.FILES);
  }

  private static List<Path> files(GatewayConfig settings) {
    return GatewayKeys.files(settings);
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

  /** Takes the files when they changed since the last look; what is wrong is told once. */
  synchronized void look() {
    String now = FileContents.of(files(settings));
    if (!now.equals(seen)) {
      take(RegistrationAudit.FILES);
      seen = now;
    }
  }

  /** Takes the files as they are, in this operator's name. */
  synchronized RegistrationOutcome load(String operator) {
    seen = FileContents.of(files(settings));
    return take(operator);
  }

  /** Has connections made from now on judged by what is believed now. */
  synchronized void trustChanged() {
    followers.forEach(each -> each.accept(current));
  }

  private RegistrationOutcome take(String operator) {
    try {
      GatewayKeys next = current.reread(settings);
      List<String> unusable = unusable(next);
      return unusable.isEmpty() ? taken(next, operator) : refused(unusable, operator);
    } catch (ConfigException e) {
      return refused(e.faults(), operator);
    }
  }

  private Taken taken(GatewayKeys next, String operator) {
    fault = Optional.empty();
    List<RegistrationChange> changed = changes.keep(forms(next), operator);
    if (changed.isEmpty()) {
      return new Taken(List.of(), List.of());
    }
    next.paths().renew(next.anchors(), next.revocationLists());
    current = next;
    trustChanged();
    changed.forEach(
        each ->
            LOG.info(
                "CPG-KEYS-CHANGED {} by={} before=\"{}\" after=\"{}\"",
                Registry.words(each),
                operator,
                each.before().orElse("").replace('\n', ' '),
                each.after().orElse("").replace('\n', ' ')));
    return new Taken(changed.stream().map(Registry::words).toList(), List.of());
  }

  private Refused refused(List<String> faults, String operator) {
    fault = Optional.of("the files have a fault, those before count: " + faults.get(0));
    LOG.error(
        "CPG-KEYS-REFUSED by={} faults=\"{}\" remedy=\"mend the files; those before count\"",
        operator,
        String.join("; ", faults));
    return new Refused(faults);
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
    keys.anchors().all().forEach(ca -> forms.put(anchor(ca), form(ca)));
    return forms;
  }

  private static Registered anchor(X509Certificate ca) {
    int asMuchAsASubjectHolds = 12;
    String name = CertificateFingerprints.of(ca).hex().substring(0, asMuchAsASubjectHolds);
    return new Registered(Registered.Kind.ANCHOR, name);
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
    return fault;
  }
}
