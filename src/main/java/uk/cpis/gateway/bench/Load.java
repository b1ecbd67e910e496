package uk.cpis.gateway.bench;

import java.time.Duration;
import java.util.List;

/**
 * What came of one round of load.
 *
 * @param took from the first question to the last answer
 * @param each the durations of the answers with status 200
 * @param clientCpu what the asking threads used
 * @param gatewayCpu what the gateway used meanwhile
 * @param protection the version of TLS and the ciphers
 * @param errors everything that was not an answer with status 200, the first few
 * @param refused how many were answered that they should come back, where that was expected
 * @param sent how many questions were begun
 */
record Load(
    Duration took,
    Latencies each,
    Duration clientCpu,
    Duration gatewayCpu,
    String protection,
    List<String> errors,
    int refused,
    int sent) {

  /** What matters of the durations of the answers with status 200. */
  Latencies.Summary latencies() {
    return Latencies.Summary.of(List.of(each));
  }

  double perSecond() {
    return each.count() / (took.toNanos() / 1e9);
  }

  /** Of a CPU time, the microseconds for each answer. */
  double microsEach(Duration cpu) {
    return each.count() == 0 ? 0 : cpu.toNanos() / 1e3 / each.count();
  }

  /** Of a CPU time, how many cores that is on the average. */
  double cores(Duration cpu) {
    return (double) cpu.toNanos() / took.toNanos();
  }
}
