package uk.cpis.gateway.domain;

import java.util.Optional;

/**
 * An authority asks what the gateway holds of its own (cpis.md rule 20): a page of 1 to 1,000,
 * after the last record of the page before.
 */
public record HoldingsRequest(
    MessageId messageId, OdsCode authority, int limit, Optional<PlanKey> after) {

  /** The most records one page may have. */
  public static final int LARGEST_PAGE = 1_000;

  /** Takes a limit of 1 to 1,000. */
  public HoldingsRequest {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw new IllegalArgumentException("a page of holdings has 1 to 1,000 records");
    }
  }
}
