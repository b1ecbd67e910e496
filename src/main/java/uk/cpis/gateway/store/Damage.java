package uk.cpis.gateway.store;

import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a damaged page was met since the store was opened. The database goes down at such a page
 * and comes back by itself until it is met again: it is told once, and stays known. Safe to share
 * between threads.
 */
final class Damage {

  private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

  private final AtomicReference<StoreException> met = new AtomicReference<>();

  /** Looks at what failed. */
  void notice(Throwable failure) {
    if (failure instanceof StoreException broken
        && broken.damaged()
        && met.compareAndSet(null, broken)) {
      LOG.error(
          "CPG-STORE-DAMAGED remedy=\"stop the gateway, run check-store, restore a backup\"",
          broken);
    }
  }

  /** Says by a {@link StoreException} that damage was met. */
  void check() {
    StoreException broken = met.get();
    if (broken != null) {
      throw StoreException.ofDamage(broken);
    }
  }
}
