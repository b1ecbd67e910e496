package uk.cpis.gateway.simulator;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import uk.cpis.gateway.domain.Telephone;

/**
 * Hands out telephone numbers that Ofcom keeps for drama, each once, from the range that suits the
 * region. Nobody can be rung by one of them. Not safe for use by several threads.
 */
final class DramaTelephones {
  private static final int NUMBERS_OF_A_RANGE = 1_000;
  private static final String ELSEWHERE = "01632 960%03d";
  private static final Map<String, String> RANGES =
      Map.of(
          "London", "020 7946 0%03d",
          "North West", "0161 496 0%03d",
          "West Midlands", "0161 496 0%03d",
          "Yorkshire and The Humber", "0113 496 0%03d",
          "East Midlands", "0113 496 0%03d");

  private final Map<String, Integer> handedOut = new HashMap<>();

  Telephone next(String region) {
    String range = RANGES.getOrDefault(region, ELSEWHERE);
    int number = handedOut.merge(range, 1, Integer::sum) - 1;
    if (number >= NUMBERS_OF_A_RANGE) {
      throw new IllegalStateException("no drama numbers are left in the range " + range);
    }
    return new Telephone(String.format(Locale.ROOT, range, number));
  }
}
