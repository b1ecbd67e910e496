package uk.cpis.gateway;

import java.util.List;
import uk.cpis.gateway.store.Store;

/** Reads the whole store that a configuration names, while no gateway runs. */
public final class StoreCheck {

  private StoreCheck() {}

  /** What is damaged, a line for each table, or that the end of it is lost. */
  public static List<String> faultsOf(GatewayConfig settings) {
    return Store.faultsOf(Settings.ofStore(settings.store()));
  }
}
