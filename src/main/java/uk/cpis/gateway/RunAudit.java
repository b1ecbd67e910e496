package uk.cpis.gateway;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;

/**
 * Keeps in the audit when the gateway ran: that it started, by which program and configuration, and
 * how the run before ended; and that it stopped in order, whether it had come to serve or not. A
 * kill leaves no stop, and the next start says so.
 */
final class RunAudit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunAudit.class);
  private static final Operator ITSELF = Operator.itself("gateway");

  private final Store store;
  private final Audit audit;
  private volatile boolean serves;

  private RunAudit(Store store, Audit audit) {
    this.store = store;
    this.audit = audit;
  }

  /** Begins a run with this configuration. */
  static RunAudit begin(Store store, Audit audit, GatewayConfig settings) {
    String what = version() + " " + ConfigFingerprint.of(settings);
    store.change(
        tx ->
            audit.appendOperation(
                tx, ITSELF, AuditEvent.GATEWAY_STARTED, runBefore(tx.runs().begin()) + " " + what));
    return new RunAudit(store, audit);
  }

  private static String runBefore(Optional<Boolean> ended) {
    return ended.map(inOrder -> inOrder ? "CLEAN" : "AFTER_CRASH").orElse("FIRST");
  }

  private static String version() {
    String version = System.getProperty("cpis.version", "unknown").replaceAll("[^!-~]", "_");
    return version.substring(0, Math.min(20, version.length()));
  }

  /** From now on all is open. */
  void serves() {
    serves = true;
  }

  /** Ends it; that this cannot be written down keeps nothing open. */
  @Override
  public void close() {
    try {
      audit.recordOperation(
          ITSELF, AuditEvent.GATEWAY_STOPPED, serves ? "IN_ORDER" : "NOT_SERVING");
      store.change(tx -> tx.runs().end());
    } catch (StoreException e) {
      LOG.error("CPG-STOP-NOT-AUDITED remedy=\"the next start will say AFTER_CRASH\"", e);
    }
  }
}
