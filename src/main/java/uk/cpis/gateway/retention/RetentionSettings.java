package uk.cpis.gateway.retention;

import java.time.Duration;

/**
 * How long what is kept.
 *
 * @param messages how long messages are remembered and submissions' acknowledgements kept; longer
 *     than any sender tries again
 * @param traces how long the trace of a deleted record keeps a late older submission from making it
 *     again; longer than the messages, and beyond it numbers that old make no record at all
 * @param settled how long after its settlement a notification keeps its personal data
 * @param audit how long the audit is kept, with what was owed for it
 * @param refusals how long refusals can be looked up
 * @param batch how many rows one transaction removes at the most
 */
public record RetentionSettings(
    Duration messages,
    Duration traces,
    Duration settled,
    Duration audit,
    Duration refusals,
    int batch) {

  private static final int DEFAULT_BATCH = 500;

  /** These times, in batches of the usual size. */
  public static RetentionSettings of(
      Duration messages, Duration traces, Duration settled, Duration audit, Duration refusals) {
    return new RetentionSettings(messages, traces, settled, audit, refusals, DEFAULT_BATCH);
  }
}
