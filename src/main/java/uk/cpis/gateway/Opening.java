package uk.cpis.gateway;

import java.time.Duration;
import java.time.InstantSource;
import uk.cpis.gateway.steps.Steps;

/**
 * What every part of the gateway is opened with, and where it is remembered to be closed again: the
 * parts close in the reverse of the order in which they come here.
 *
 * @param steps is told how far it gets
 */
record Opening(GatewayConfig settings, InstantSource clock, Steps steps, OpenParts parts) {

  /** Closes this part before those that were opened earlier. */
  <T extends AutoCloseable> T opened(T part) {
    return parts.opened(part);
  }

  /** Takes these steps again and again until all closes. */
  void every(Duration pause, String name, Runnable... steps) {
    parts.opened(Rounds.open(name, pause, steps));
  }
}
