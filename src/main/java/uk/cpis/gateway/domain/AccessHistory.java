package uk.cpis.gateway.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rule of the shown accesses (cpis.md §2): repeats by the same user within 24 hours show once,
 * the first; the latest 25 are shown, and the asker's own is always among them.
 */
public final class AccessHistory {

  /** How many accesses an answer shows. */
  public static final int LENGTH = 25;

  /** How long a shown access keeps the same user's next ones from being shown. */
  public static final Duration WINDOW = Duration.ofHours(24);

  private AccessHistory() {}

  /** Whether an access at this time opens a window: the last shown one is 24 hours or more ago. */
  public static boolean opensWindow(Optional<Instant> lastShownOfSameUser, Instant at) {
    return lastShownOfSameUser.map(last -> !at.isBefore(last.plus(WINDOW))).orElse(true);
  }

  /**
   * The latest 25, newest first; the asker's own, or the first of the running window, takes the
   * last place when 25 newer ones exist.
   */
  public static List<ShownAccess> shown(List<ShownAccess> newest, Optional<ShownAccess> own) {
    List<ShownAccess> history =
        new ArrayList<>(
            newest.stream()
                .sorted(Comparator.comparing(ShownAccess::at).reversed())
                .limit(LENGTH)
                .toList());
    own.filter(access -> !history.contains(access))
        .ifPresent(
            access -> {
              if (history.size() == LENGTH) {
                history.remove(LENGTH - 1);
              }
              history.add(access);
            });
    return List.copyOf(history);
  }
}
