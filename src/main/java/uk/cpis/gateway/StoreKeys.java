package uk.cpis.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.store.EncryptionKey;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreSettings;

/** Changes the key of the store that a configuration names, while no gateway runs. */
public final class StoreKeys {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private StoreKeys() {}

  /** In this operator's name, which the audit keeps before and after. */
  public static void change(
      Path newKeyFile, GatewayConfig settings, Operator operator, InstantSource clock) {
    EncryptionKey next = GatewayKeys.ofStore("--new-key-file", newKeyFile);
    StoreSettings former = Settings.ofStore(settings.store());
    audit(former, operator, "BEGUN", clock);
    Store.changeKey(former, next);
    audit(former.with(next), operator, "DONE", clock);
  }

  private static void audit(
      StoreSettings settings, Operator operator, String outcome, InstantSource clock) {
    try (Store store = Store.existing(settings)) {
      new Audit(store, clock, UUID::randomUUID, PATIENCE)
          .recordOperation(operator, AuditEvent.STORE_KEY_CHANGED, outcome);
    }
  }
}
