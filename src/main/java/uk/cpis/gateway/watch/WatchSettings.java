package uk.cpis.gateway.watch;

/**
 * When there is something to tell.
 *
 * @param overduePercent the share of the 24 hours after which a notification that is not settled is
 *     told of
 * @param busyQueries how many queries in the same hour of comparable days make an hour a busy one
 */
public record WatchSettings(int overduePercent, int busyQueries) {

  /** Takes a share below the whole and at least one query. */
  public WatchSettings {
    if (overduePercent < 1 || overduePercent > 99 || busyQueries < 1) {
      throw new IllegalArgumentException(
          "a share is from 1 to 99 percent, a busy hour has a query");
    }
  }
}
