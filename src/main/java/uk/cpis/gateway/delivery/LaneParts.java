package uk.cpis.gateway.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import uk.cpis.gateway.domain.DeliveryOutcome;
import uk.cpis.gateway.domain.Notification;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.Store;

/** What every lane works with; each of them may be shared between threads. */
record LaneParts(
    Ledger ledger,
    Function<Notification, DeliveryOutcome> call,
    RetrySchedule schedule,
    Duration persistDuration,
    int mostSetAside,
    Duration calm,
    InstantSource clock,
    DeliveryLog log,
    Steps steps) {

  static LaneParts of(
      Store store,
      Recipients recipients,
      DeliverySettings settings,
      InstantSource clock,
      RandomGenerator random,
      DeliveryLog log,
      Steps steps) {
    return new LaneParts(
        new Ledger(store, clock),
        recipients.call(),
        new RetrySchedule(settings.retry(), random),
        settings.persistDuration(),
        settings.mostSetAside(),
        settings.calm(),
        clock,
        log,
        steps);
  }
}
