package uk.cpis.gateway;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.audit.Sealer;
import uk.cpis.gateway.evidence.SealingKey;
import uk.cpis.gateway.operations.Health;
import uk.cpis.gateway.pki.OwnerOnly;
import uk.cpis.gateway.store.DiskGauge;
import uk.cpis.gateway.store.Making;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;

/**
 * What all stands on: the store with its disk, and the audit in it, of which the last is sealed
 * before the store closes.
 */
record Ground(Store store, DiskGauge disk, Audit audit, RunAudit run, Sealer sealer) {

  private static final Logger LOG = LoggerFactory.getLogger(Ground.class);

  /** How long a request waits for the writer before the sender is told to try again. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  static Ground open(Opening opening, SealingKey sealing) {
    GatewayConfig settings = opening.settings();
    Store store = opening.opened(store(opening));
    DiskGauge disk = Settings.ofDisk(settings.store());
    Restore.tell(store);
    Sealer sealer =
        new Sealer(
            store,
            sealing,
            opening.clock(),
            new SecureRandom(),
            Settings.ofAudit(settings.audit()));
    opening.opened(sealer::sealLast);
    NewestNoted newest = new NewestNoted(store);
    opening.every(LOOK_EVERY, "disk-gauge", disk::low, newest::note);
    Audit audit = new Audit(store, opening.clock(), UUID::randomUUID, PATIENCE);
    RunAudit run = opening.opened(RunAudit.begin(store, audit, settings));
    return new Ground(store, disk, audit, run, sealer);
  }

  private static Store store(Opening opening) {
    GatewayConfig settings = opening.settings();
    OwnerOnly.folder(settings.store().directory());
    return Store.open(
        Settings.ofStore(settings.store()),
        new Making(() -> FirstStart.objection(settings)),
        opening.steps());
  }

  /** Without the store, or room for it, no query can be answered. */
  List<Health.Check> checks() {
    return List.of(
        new Health.Check("store", true, this::storesFault),
        new Health.Check("disk", true, disk::fault, disk::state));
  }

  private Optional<String> storesFault() {
    try {
      store.check();
      return Optional.empty();
    } catch (StoreException e) {
      if (e.damaged()) {
        return Optional.of("the store is damaged, see CPG-STORE-DAMAGED in the log");
      }
      LOG.error("the store does not answer", e);
      return Optional.of("the store does not answer");
    }
  }
}
