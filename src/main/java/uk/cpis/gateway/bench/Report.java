package uk.cpis.gateway.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import uk.cpis.gateway.GatewayConfig;

/** Prints what was measured, and everything that one must know to read it. */
final class Report {

  private static final int MOST_ERRORS_SHOWN = 5;

  private final BenchPlan plan;
  private final GatewayConfig settings;
  private final Yardstick yardstick;
  private final int records;

  Report(BenchPlan plan, GatewayConfig settings, Yardstick yardstick, int records) {
    this.plan = plan;
    this.settings = settings;
    this.yardstick = yardstick;
    this.records = records;
  }

  void print(Measured measured, PrintWriter out) {
    out.println();
    setting(measured, out);
    out.println();
    figures(measured, out);
    errors(measured.errors(), out);
    out.flush();
  }

  private void setting(Measured measured, PrintWriter out) {
    line(
        out,
        "machine",
        "%d cores, %s %s; Java %s (%s), gateway with %s",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("java.version"),
        System.getProperty("java.vendor"),
        String.join(" ", plan.virtualMachine()));
    line(out, "transport", "mutual TLS, kept alive: %s", measured.load().protection());
    line(
        out,
        "signature",
        "%s over %s; replies are signed alike, and not verified by the load",
        yardstick.algorithm(),
        String.join(", ", measured.covered()));
    line(
        out,
        "store",
        "empty but for %,d records; encrypted, synced to disk before each reply; one commit for up"
            + " to %d accesses, %,d pages of 4 KB in memory",
        records,
        settings.store().writerBatch(),
        settings.store().pageCache());
    line(
        out,
        "load",
        "%d connections, %s, %s %% of the queries about people with plans",
        plan.connections(),
        plan.perSecond() == 0
            ? "the next query as soon as the last is answered"
            : plan.perSecond() + " queries a second, each at its time, measured from that time on",
        plan.hitPercent());
    warmUp(measured.warmUp(), out);
  }

  private static void warmUp(Load warmUp, PrintWriter out) {
    line(
        out,
        "warm-up",
        "%,d queries in %.1f s (%.0f a second)",
        warmUp.latencies().count(),
        seconds(warmUp.took()),
        warmUp.perSecond());
  }

  private void figures(Measured measured, PrintWriter out) {
    Load load = measured.load();
    Latencies.Summary latencies = load.latencies();
    line(
        out,
        "queries",
        "%.0f a second (%,d in %.1f s)",
        load.perSecond(),
        latencies.count(),
        seconds(load.took()));
    line(
        out,
        "latency",
        "p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
        millis(latencies.p50()),
        millis(latencies.p99()),
        millis(latencies.longest()));
    line(
        out,
        "gateway CPU",
        "%.0f us a query (%.2f cores busy), its deliveries included",
        load.microsEach(load.gatewayCpu()),
        load.cores(load.gatewayCpu()));
    line(
        out,
        "client CPU",
        "%.0f us a query (%.2f cores busy), TLS included",
        load.microsEach(load.clientCpu()),
        load.cores(load.clientCpu()));
    delivered(measured.delivered(), out);
    line(
        out,
        "yardstick",
        "%s, one verification and one signature: %.0f a second on one thread, %.0f on %d; %.0f us of CPU",
        yardstick.algorithm(),
        yardstick.oneThread(),
        yardstick.allCores(),
        Runtime.getRuntime().availableProcessors(),
        yardstick.cpuMicros());
    line(
        out,
        "share",
        "%.0f %% of the yardstick's rate on all cores, %.0f %% by CPU time",
        100 * load.perSecond() / yardstick.allCores(),
        100 * yardstick.cpuMicros() / load.microsEach(load.gatewayCpu()));
  }

  private static void delivered(Delivered delivered, PrintWriter out) {
    line(
        out,
        "notifications",
        "%,d hits, %,d owed, %,d settled in %.1f s (%.1f a second)",
        delivered.hits(),
        delivered.owed(),
        delivered.settled(),
        seconds(delivered.took()),
        delivered.perSecond());
    line(
        out,
        "told after",
        "p50 %.0f ms, p99 %.0f ms, longest %.0f ms from the access to the authority's task",
        millis(delivered.fromAccess().p50()),
        millis(delivered.fromAccess().p99()),
        millis(delivered.fromAccess().longest()));
  }

  private static void errors(List<String> errors, PrintWriter out) {
    if (errors.isEmpty()) {
      return;
    }
    out.println();
    out.printf("%d queries were not answered with status 200; the first:%n", errors.size());
    errors.stream().limit(MOST_ERRORS_SHOWN).forEach(error -> out.println("  " + error));
  }

  private static void line(PrintWriter out, String name, String text, Object... values) {
    out.printf("%-14s %s%n", name, String.format(Locale.ROOT, text, values));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
