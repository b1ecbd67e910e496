package uk.cpis.gateway.delivery;

/**
 * How dead letters are sent again.
 *
 * @param perSecond how many of one lane in a second at the most, so that an authority which just
 *     came back is not flooded
 * @param onRecovery whether what outlived its time is sent again by itself when its lane recovers
 */
public record SendAgainSettings(int perSecond, boolean onRecovery) {

  /** Takes a pace of at least one. */
  public SendAgainSettings {
    if (perSecond < 1) {
      throw new IllegalArgumentException("dead letters are sent again at one a second at least");
    }
  }
}
