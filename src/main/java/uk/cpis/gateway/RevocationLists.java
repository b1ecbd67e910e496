package uk.cpis.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.Crls;
import uk.cpis.gateway.pki.KeyMaterialException;

/**
 * Reads the revocation lists again while the gateway runs, and tells when one cannot be read or
 * comes to its end: past it everybody is refused whose certificate its authority issued. Safe to
 * share between threads.
 */
final class RevocationLists {

  private static final Logger LOG = LoggerFactory.getLogger(RevocationLists.class);

  /** How long before a list's end it is told. */
  private static final Duration ENDS_SOON = Duration.ofDays(3);

  private final List<Path> files;
  private final CertificatePaths paths;
  private final InstantSource clock;
  private final Runnable renewed;
  private Crls seen;
  private Optional<Instant> toldEnd = Optional.empty();
  private Optional<String> toldDegraded = Optional.empty();
  private volatile Optional<String> unreadable = Optional.empty();

  /**
   * Tells already when one of these is near its end.
   *
   * @param read what the files held when the paths were made
   */
  RevocationLists(List<Path> files, Crls read, CertificatePaths paths, InstantSource clock) {
    this(files, read, paths, clock, () -> {});
  }

  /** The same, and has something done whenever other lists count. */
  RevocationLists(
      List<Path> files, Crls read, CertificatePaths paths, InstantSource clock, Runnable renewed) {
    this.renewed = renewed;
    this.files = List.copyOf(files);
    this.seen = read;
    this.paths = paths;
    this.clock = clock;
    tellEnd();
    tellDegraded();
  }

  /** The files and folders that lists are read from: those configured, and those fetched. */
  static List<Path> files(GatewayConfig.Trust trust) {
    return Stream.concat(
            trust.revocationLists().stream(),
            trust.revocationListFolder().filter(Files::isDirectory).stream())
        .toList();
  }

  /** Has what lies in the files now count; what cannot be read changes nothing. */
  synchronized void look() {
    try {
      Crls now = Crls.load(files);
      if (!now.equals(seen)) {
        renew(now);
      }
      unreadable = Optional.empty();
    } catch (KeyMaterialException e) {
      tellUnreadable(e);
    }
    tellEnd();
    tellDegraded();
  }

  /** Once when certificates begin to pass whose revocation is unknown, or until when changes. */
  synchronized void tellDegraded() {
    Optional<String> now = degraded();
    now.filter(what -> !now.equals(toldDegraded))
        .ifPresent(what -> LOG.warn("CPG-REVOCATION-UNKNOWN {}", what));
    if (now.isEmpty() && toldDegraded.isPresent()) {
      LOG.info("CPG-REVOCATION-UNKNOWN-OVER");
    }
    toldDegraded = now;
  }

  private void renew(Crls now) {
    Optional<Instant> before = paths.firstListEnds();
    paths.renew(now);
    LOG.info(
        "CPG-LISTS-RENEWED lists={} firstEnds={} before={}",
        now.lists().size(),
        paths.firstListEnds().orElse(null),
        before.orElse(null));
    seen = now;
    renewed.run();
  }

  private void tellUnreadable(KeyMaterialException e) {
    if (unreadable.isEmpty()) {
      LOG.error("CPG-LISTS-UNREADABLE those read before count: {}", e.getMessage());
    }
    unreadable = Optional.of("cannot be read again, those read before count: " + e.getMessage());
  }

  /** Once for each end that comes near. */
  private void tellEnd() {
    Optional<Instant> soon = endsSoon();
    soon.filter(end -> !toldEnd.equals(soon))
        .ifPresent(end -> LOG.warn("CPG-LIST-ENDS at={}", end));
    toldEnd = soon;
  }

  private Optional<Instant> endsSoon() {
    Instant soon = clock.instant().plus(ENDS_SOON);
    return paths.firstListEnds().filter(end -> end.isBefore(soon));
  }

  /** What an operator should do something about. */
  Optional<String> fault() {
    return unreadable
        .or(this::degraded)
        .or(() -> endsSoon().map(end -> "one ends at " + end + "; put its successor in place"));
  }

  /** Told first of all while it lasts: it is less than what partners rely on. */
  private Optional<String> degraded() {
    return paths
        .revocationUnknownUntil()
        .filter(clock.instant()::isBefore)
        .map(end -> "degraded until " + end + ": certificates pass whose revocation is unknown");
  }
}
