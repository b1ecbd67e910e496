package uk.cpis.gateway;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.delivery.Delivery;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.endpoint.Endpoints;
import uk.cpis.gateway.operations.OperationsServer;
import uk.cpis.gateway.security.SignatureEngine;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.Settlement;
import uk.cpis.gateway.store.Store;

/**
 * The gateway, whole: opened from the bottom floor up, closed from the top down. What is here is
 * the picture of the house; each part says itself what it is made of:
 *
 * <ul>
 *   <li>{@link Keyring}: the keys, read before anything is made
 *   <li>{@link Ground}: the store on its disk, and the audit in it
 *   <li>{@link Trust}: whom it knows and believes
 *   <li>{@link Evidence}: what can be shown afterwards
 *   <li>{@link Trade}: the services
 *   <li>{@link Dispatch}: how authorities are told
 *   <li>{@link Doors}: the web services, behind mutual TLS
 *   <li>{@link Chores}: what is done by the clock
 *   <li>{@link OperatorsDoor}: health and commands, on the loopback address
 * </ul>
 */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final OpenParts parts;
  private final Store store;
  private final Endpoints endpoints;
  private final OperationsServer operations;
  private final Delivery delivery;

  private Gateway(
      OpenParts parts,
      Store store,
      Endpoints endpoints,
      OperationsServer operations,
      Delivery delivery) {
    this.parts = parts;
    this.store = store;
    this.endpoints = endpoints;
    this.operations = operations;
    this.delivery = delivery;
  }

  /**
   * Opens everything and begins to serve. Throws, with whatever was opened closed again, when a
   * part cannot be opened.
   */
  public static Gateway open(GatewayConfig settings, InstantSource clock) {
    return open(settings, clock, Steps.NONE);
  }

  /** The same, and tells how far it gets: for those who interrupt it. */
  static Gateway open(GatewayConfig settings, InstantSource clock, Steps steps) {
    OpenParts parts = new OpenParts();
    try {
      return open(settings, clock, steps, parts);
    } catch (RuntimeException | Error e) {
      try {
        parts.close();
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** Reads keys and certificates as {@link #open} would, and throws as it would; opens nothing. */
  public static void check(GatewayConfig settings) {
    SealingKeys.load(settings, GatewayKeys.load(settings));
    GatewayKeys.ofStore(settings.store());
    Demography.check(settings.demographics(), InstantSource.system());
  }

  /** From the bottom floor up. Whatever is opened is closed in the reverse of this order. */
  private static Gateway open(
      GatewayConfig settings, InstantSource clock, Steps steps, OpenParts parts) {
    WholeProgram.load();
    Opening opening = new Opening(settings, clock, steps, parts);
    Keyring keys = Keyring.read(settings);
    Ground ground = Ground.open(opening, keys.sealing());
    Trust trust = Trust.open(opening, keys, ground);
    Evidence evidence = Evidence.open(opening, keys.sealing(), ground);
    Trade trade = Trade.open(opening, ground, trust);
    Dispatch dispatch = Dispatch.open(opening, ground, trust);
    Endpoints endpoints = Doors.open(opening, ground, trust, evidence, trade.services());
    Chores chores = Chores.open(opening, ground);
    trade.begin(opening);
    OperationsServer operations =
        OperatorsDoor.open(opening, ground, trust, evidence, trade, dispatch, chores);
    ground.run().serves();
    LOG.info(
        "serving at {}, operations at {}; signatures by {}",
        endpoints.addresses(),
        operations.address(),
        SignatureEngine.fastest().name());
    return new Gateway(parts, ground.store(), endpoints, operations, dispatch.delivery());
  }

  /** The addresses by which senders reach it, without a path; the first is the published one. */
  public List<URI> addresses() {
    return endpoints.addresses();
  }

  /** Where operations listen, on the loopback address. */
  public URI operations() {
    return operations.address();
  }

  /** How each lane is doing. */
  public List<LaneStatus> lanes() {
    return delivery.status();
  }

  /** When the authority's answer to this notification settled it; empty while it is owed. */
  public Optional<Instant> settledAt(NotificationId notification) {
    return store.read(tx -> tx.settlements().find(notification)).map(Settlement::at);
  }

  /** Stops serving, then delivering, and closes the broker and the store. */
  @Override
  public void close() {
    parts.close();
    LOG.info("closed");
  }
}
