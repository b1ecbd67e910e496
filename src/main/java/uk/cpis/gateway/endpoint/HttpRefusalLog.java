package uk.cpis.gateway.endpoint;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.CertificateFingerprint;

/**
 * Shows the operator what the edge refuses: the first of a kind from one certificate at once, the
 * others of that minute as a count, so that nobody can fill the disk (promise 6). Shared between
 * threads.
 */
final class HttpRefusalLog {

  private static final Logger LOG = LoggerFactory.getLogger(HttpRefusalLog.class);
  private static final long MINUTE = 60_000_000_000L;
  private static final int MOST_KINDS = 10_000;

  private final Map<Kind, Count> counts = new HashMap<>();

  private record Kind(HttpRefusal refusal, CertificateFingerprint certificate) {}

  private static final class Count {
    private final long since = System.nanoTime();
    private int unseen;
  }

  synchronized void refused(HttpRefusal refusal, TlsPeer peer, String path) {
    Kind kind = new Kind(refusal, peer.certificate());
    Count count = counts.get(kind);
    if (count != null && System.nanoTime() - count.since < MINUTE) {
      count.unseen++;
      return;
    }
    if (counts.size() >= MOST_KINDS) {
      counts.clear();
    }
    counts.put(kind, new Count());
    LOG.warn(
        "refused code={} status={} endpoint={} certificate={} address={} moreInTheMinuteBefore={}",
        refusal.code(),
        refusal.status(),
        refusal == HttpRefusal.NO_SUCH_ENDPOINT ? "none" : path,
        peer.certificate(),
        peer.remoteAddress(),
        count == null ? 0 : count.unseen);
  }
}
