package uk.cpis.gateway;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uk.cpis.gateway.audit.Audit;
import uk.cpis.gateway.delivery.DeadLetterDesk;
import uk.cpis.gateway.delivery.Delivery;
import uk.cpis.gateway.delivery.Recipients;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.operations.Deliveries;
import uk.cpis.gateway.operations.Health;
import uk.cpis.gateway.pki.OwnerOnly;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.queue.QueueException;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.watch.Watch;

/** How authorities are told what they are owed: the broker's lanes, the calls, and the workers. */
record Dispatch(Lanes lanes, Delivery delivery, Directory directory, Audit audit) {

  /** How many dead letters of an authority are shown at once. */
  private static final int DEAD_LETTERS_SHOWN = 100;

  private static final Duration LONG_FOR_A_SWITCH = Duration.ofMinutes(1);

  /** Delivers from now on. It closes the workers first, the broker last. */
  static Dispatch open(Opening opening, Ground ground, Trust trust) {
    GatewayConfig settings = opening.settings();
    OwnerOnly.folder(settings.queue().directory());
    Lanes lanes =
        opening.opened(
            Lanes.open(
                Settings.ofQueue(settings.queue()), Set.copyOf(trust.directory().authorities())));
    opening.steps().reached(Step.BROKER_OPENED);
    Recipients recipients = Calls.open(opening, trust);
    Delivery delivery =
        opening.opened(
            Delivery.open(
                ground.store(),
                lanes,
                recipients,
                Settings.ofDelivery(settings.delivery()),
                ground.audit(),
                opening.clock(),
                new SecureRandom(),
                opening.steps()));
    opening.steps().reached(Step.DELIVERY_OPENED);
    trust.registry().follow(delivery::waysChanged);
    return new Dispatch(lanes, delivery, trust.directory(), ground.audit());
  }

  /** What operators may ask of it and have it do. */
  Deliveries desk(Watch watch) {
    return new Deliveries(
        delivery::status, this::retry, delivery::standing, letters(), watch::standing);
  }

  /** Audited before it is done. */
  private boolean retry(OdsCode authority, Operator operator) {
    if (directory.authority(authority).isEmpty()) {
      return false;
    }
    audit.recordOperation(operator, authority, AuditEvent.LANE_RETRIED, "NOW");
    delivery.retryNow(authority);
    return true;
  }

  private Deliveries.Letters letters() {
    DeadLetterDesk desk = delivery.deadLetters();
    return new Deliveries.Letters(
        desk::counts,
        code -> desk.of(code, DEAD_LETTERS_SHOWN),
        desk::find,
        desk::sendAgain,
        desk::sendAgain);
  }

  /** Without it notifications wait, and queries are answered. */
  List<Health.Check> checks() {
    return List.of(
        new Health.Check("broker", false, this::brokersFault),
        new Health.Check("delivery", false, this::workersFault));
  }

  private Optional<String> brokersFault() {
    try {
      lanes.check();
      return Optional.empty();
    } catch (QueueException e) {
      return Optional.of("the broker does not answer; notifications wait in the store");
    }
  }

  private Optional<String> workersFault() {
    if (!delivery.working()) {
      return Optional.of(
          "a worker has ended, see CPG-WORK-ENDED in the log; start the gateway again");
    }
    List<OdsCode> switching = delivery.switchingFor(LONG_FOR_A_SWITCH);
    return switching.isEmpty()
        ? Optional.empty()
        : Optional.of(
            switching
                + " are being switched between delivery and collection for more than a minute, see"
                + " CPG-SWITCH-FAILED in the log");
  }
}
