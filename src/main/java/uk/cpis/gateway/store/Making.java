package uk.cpis.gateway.store;

import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an empty store may be made where there is none: an empty one in the place of one that is
 * only gone would answer that nothing is known of any child.
 *
 * @param objection says what speaks against it, if anything; asked only where there is none
 */
public record Making(Supplier<Optional<String>> objection) {

  private static final Logger LOG = LoggerFactory.getLogger(Making.class);

  /** Wherever there is none. */
  static final Making UNASKED = new Making(Optional::empty);

  void allow(String directory) {
    objection
        .get()
        .ifPresent(
            why -> {
              throw new StoreException("there is no store in " + directory + ", and " + why);
            });
    LOG.warn("CPG-STORE-MADE directory={} plans=0", directory);
  }
}
