package uk.cpis.gateway.retention;

import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.retention.SweepReport.Ending;
import uk.cpis.gateway.retention.SweepReport.Swept;
import uk.cpis.gateway.store.Space;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;

/**
 * Has the room of removed rows used again, in the tables that lose theirs here and there. Where
 * rows go in the order in which they came, whole pages empty and the store takes them back itself.
 */
final class SpaceSweep {

  private static final Logger LOG = LoggerFactory.getLogger("uk.cpis.gateway.retention");
  private static final String NAME = "tablesTidied";
  private static final Set<String> RECORDS = Set.of("records", "traces");
  private static final Set<String> HISTORY = Set.of("shownAccesses");

  private final Store store;

  SpaceSweep(Store store) {
    this.store = store;
  }

  /** Tidies the tables from which these took rows. */
  Swept after(List<Swept> swept) {
    int tidied = 0;
    try {
      tidied += tidied(swept, RECORDS, Space.Table.PLAN);
      tidied += tidied(swept, HISTORY, Space.Table.SHOWN_ACCESS);
      Space.Pages pages = store.read(tx -> tx.retention().space().pages());
      LOG.info("CPG-STORE-SPACE usedPages={} freePages={}", pages.used(), pages.free());
      return new Swept(NAME, tidied, Ending.DONE);
    } catch (StoreException e) {
      LOG.error("CPG-SWEEP-FAILED what={} remedy=\"none: tried again\"", NAME, e);
      return new Swept(NAME, tidied, Ending.FAILED);
    }
  }

  private int tidied(List<Swept> swept, Set<String> kinds, Space.Table table) {
    boolean lostRows =
        swept.stream().anyMatch(each -> kinds.contains(each.what()) && each.removed() > 0);
    if (lostRows) {
      store.change(tx -> tx.retention().space().tidy(table));
    }
    return lostRows ? 1 : 0;
  }
}
