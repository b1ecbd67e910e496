package uk.cpis.gateway;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;

/** Has the store note how far it has come; a store in trouble is told of by health. */
final class NewestNoted {

  private static final Logger LOG = LoggerFactory.getLogger(NewestNoted.class);

  private final Store store;

  NewestNoted(Store store) {
    this.store = store;
  }

  void note() {
    try {
      store.noteNewest();
    } catch (StoreException e) {
      LOG.debug("not noted how far the store has come", e);
    }
  }
}
