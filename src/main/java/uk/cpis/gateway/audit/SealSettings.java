package uk.cpis.gateway.audit;

import java.time.Duration;

/**
 * When the audit is sealed.
 *
 * @param records as soon as so many wait, and no more together
 * @param every as soon as one has waited for so long
 */
public record SealSettings(int records, Duration every) {

  /** More together would not fit into the store's row. */
  public static final int MOST_RECORDS = 1000;

  public SealSettings {
    if (records < 1 || records > MOST_RECORDS) {
      throw new IllegalArgumentException("1 to " + MOST_RECORDS + " records are sealed together");
    }
  }
}
