package uk.cpis.gateway.domain;

import java.util.Optional;

/**
 * An authority without a server of its own asks for its waiting notifications, oldest first: 1 to
 * 100 of them, after the one with this number of its own count.
 */
public record CollectRequest(
    MessageId messageId, OdsCode authority, int limit, Optional<Long> afterNumber) {

  /** The most notifications collected at a time. */
  public static final int LARGEST_PAGE = 100;

  /** Takes a limit of 1 to 100. */
  public CollectRequest {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw new IllegalArgumentException("1 to 100 notifications are collected at a time");
    }
  }
}
