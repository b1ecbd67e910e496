package uk.cpis.gateway;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.operations.LastSequences;
import uk.cpis.gateway.pki.OwnerOnly;
import uk.cpis.gateway.store.Restorations.Restoration;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreSettings;
import uk.cpis.gateway.store.Transaction;

/** Makes the store that a configuration names of a backup, while no gateway runs. */
public final class Restore {

  private static final Logger LOG = LoggerFactory.getLogger(Restore.class);

  private Restore() {}

  /**
   * Restores in this operator's name, which the audit keeps, into an empty folder; from where on
   * each authority has to send again.
   */
  public static LastSequences from(
      Path backup, GatewayConfig settings, Operator operator, InstantSource clock) {
    StoreSettings store = Settings.ofStore(settings.store());
    OwnerOnly.folder(settings.store().directory());
    Store.restore(store, backup, operator, entry(operator, clock));
    try (Store restored = Store.open(store)) {
      return lastSequences(restored);
    }
  }

  private static AuditEntry entry(Operator operator, InstantSource clock) {
    return new AuditEntry(
        UUID.randomUUID(),
        clock.instant(),
        AuditEvent.STORE_RESTORED,
        "FROM_BACKUP",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(operator));
  }

  /** Says once in the log of a gateway that its store was restored, and what is to be done. */
  static void tell(Store store) {
    store.inTransaction(tx -> tx.restorations().tell()).forEach(each -> tell(store, each));
  }

  private static void tell(Store store, Restoration restoration) {
    LOG.warn(
        "CPG-RESTORED backedUpAt={} restoredAt={} by={} remedy=\"have each authority send again"
            + " what it sent after its last sequence number\"",
        restoration.backedUpAt(),
        restoration.restoredAt(),
        restoration.operator());
    for (LastSequences.Last each : lastSequences(store).authorities()) {
      LOG.warn(
          "CPG-RESTORED-SEQUENCE authority={} last={}",
          each.authority(),
          each.lastNumber().isPresent() ? each.lastNumber().getAsLong() : "none");
    }
  }

  static LastSequences lastSequences(Store store) {
    return store.read(Restore::lastSequences);
  }

  private static LastSequences lastSequences(Transaction tx) {
    Optional<Restoration> newest = tx.restorations().newest();
    return new LastSequences(
        newest.map(Restoration::restoredAt),
        newest.map(Restoration::backedUpAt),
        tx.authorities().lastSequences().entrySet().stream()
            .map(each -> new LastSequences.Last(each.getKey(), each.getValue()))
            .toList());
  }
}
