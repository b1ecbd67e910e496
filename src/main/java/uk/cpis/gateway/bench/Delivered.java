package uk.cpis.gateway.bench;

import java.time.Duration;

/**
 * What became of the notifications that a round of load owed.
 *
 * @param hits queries about people with plans
 * @param owed notifications that these owe, by what was loaded
 * @param settled notifications that the gateway settled
 * @param took from the first question until all were settled
 * @param fromAccess from the access until the authority had made its task
 */
record Delivered(int hits, long owed, long settled, Duration took, Latencies.Summary fromAccess) {

  double perSecond() {
    return settled / (took.toNanos() / 1e9);
  }
}
