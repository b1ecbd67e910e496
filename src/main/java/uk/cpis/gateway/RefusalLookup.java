package uk.cpis.gateway;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import uk.cpis.gateway.domain.KeptRefusal;
import uk.cpis.gateway.refusals.RefusalBook;
import uk.cpis.gateway.store.Store;

/** Looks refusals up in the store of a gateway that does not run. */
public final class RefusalLookup {

  private RefusalLookup() {}

  /** Those with this reference, or of the message with this id; the first refusal first. */
  public static List<KeptRefusal> in(GatewayConfig settings, UUID id) {
    try (Store store = Store.open(Settings.ofStore(settings.store()))) {
      return new RefusalBook(store, InstantSource.system()).find(id);
    }
  }
}
