package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.store.Examples.CHILD;
import static uk.cpis.gateway.store.Examples.NOON;
import static uk.cpis.gateway.store.Examples.TOWER_HAMLETS;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;

/** Derby keeps what a statement leaves open for as long as the pooled connection lives. */
class OpenScansIT {

  private static final int TIMES = 200;
  private static final int OF_OTHERS = 50;

  @TempDir private Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = Examples.withAuthorities(Examples.open(directory));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void noScanIsLeftOpenByAskingHowANotificationStands() {
    NotificationId id = Examples.owing(store);

    assertThat(leftOpen(tx -> tx.owed().standing(id).orElseThrow())).isLessThan(OF_OTHERS);
  }

  @Test
  void noScanIsLeftOpenByKeepingARecord() {
    Plan plan = Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER);

    assertThat(leftOpen(tx -> tx.plans().put(plan, NOON))).isLessThan(OF_OTHERS);
  }

  @Test
  void noScanIsLeftOpenByFindingARecord() {
    Plan plan = Examples.plan(TOWER_HAMLETS, CHILD, PlanType.LOOKED_AFTER);
    store.change(tx -> tx.plans().put(plan, NOON));

    assertThat(leftOpen(tx -> tx.plans().find(plan.key()).orElseThrow())).isLessThan(OF_OTHERS);
  }

  private int leftOpen(Consumer<Transaction> question) {
    int before = scans();
    for (int i = 0; i < TIMES; i++) {
      store.change(question);
    }
    return scans() - before;
  }

  /** Of all stores in this process, after a collection. */
  private static int scans() {
    try {
      String histogram =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
      return histogram
          .lines()
          .filter(line -> line.contains(".btree.index.B2IForwardScan"))
          .mapToInt(line -> Integer.parseInt(line.strip().split("\\s+")[1]))
          .sum();
    } catch (JMException e) {
      throw new AssertionError("this machine does not count its objects", e);
    }
  }
}
