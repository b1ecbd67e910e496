package uk.cpis.gateway;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once when the store grows beyond what it is expected to have. Safe for several threads. */
final class SizeBudget {

  private static final Logger LOG = LoggerFactory.getLogger(SizeBudget.class);
  private static final long MEGABYTE = 1L << 20;

  private final LongSupplier bytes;
  private final int budget;
  private volatile boolean over;

  SizeBudget(LongSupplier bytes, int budget) {
    this.bytes = bytes;
    this.budget = budget;
  }

  /** Looks, and tells a turn. */
  void look() {
    long size = megabytes();
    boolean before = over;
    over = size > budget;
    if (over && !before) {
      LOG.warn(
          "CPG-STORE-OVER-BUDGET size={}MB budget={}MB remedy=\"look at cpis.retention, or raise"
              + " cpis.store.size-budget\"",
          size,
          budget);
    } else if (before && !over) {
      LOG.info("CPG-STORE-IN-BUDGET size={}MB budget={}MB", size, budget);
    }
  }

  /** What is wrong, while it is over. */
  Optional<String> fault() {
    return megabytes() > budget ? Optional.of(state()) : Optional.empty();
  }

  /** How big it is, and may be. */
  String state() {
    return megabytes() + "MB of " + budget + "MB expected";
  }

  private long megabytes() {
    return bytes.getAsLong() / MEGABYTE;
  }
}
