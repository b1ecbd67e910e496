package uk.cpis.gateway.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The invariants that do not hold, with the first few ids that each fails for. */
final class Findings {

  private static final int MOST_NAMED = 5;

  private final Map<String, Finding> broken = new LinkedHashMap<>();

  private static final class Finding {
    private final List<String> named = new ArrayList<>();
    private long more;
  }

  void broken(String invariant, String ids) {
    Finding finding = broken.computeIfAbsent(invariant, each -> new Finding());
    if (finding.named.size() < MOST_NAMED) {
      finding.named.add(ids);
    } else {
      finding.more++;
    }
  }

  /** A line for each. */
  List<String> told() {
    return broken.entrySet().stream()
        .map(each -> each.getKey() + ": " + told(each.getValue()))
        .toList();
  }

  private static String told(Finding finding) {
    return String.join(", ", finding.named)
        + (finding.more > 0 ? " and " + finding.more + " more" : "");
  }
}
