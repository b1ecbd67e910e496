package uk.cpis.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import uk.cpis.gateway.steps.Step;

/**
 * The gateway as a process of its own that stands still at a step, for its parent to kill it there.
 * Told by arguments, and by lines on its standard input; answers in lines that begin with "@@".
 */
public final class SteppedGateway {

  private static volatile Wanted wanted = new Wanted(null, new AtomicInteger());

  private SteppedGateway() {}

  /** At which step it stands still, and how many times it passes there before. */
  private record Wanted(Step step, AtomicInteger passes) {}

  /** The gateway that is open, and the next ones; for the thread that obeys. */
  private static final class Lives {
    private final Supplier<Gateway> opening;
    private Gateway open;

    Lives(Supplier<Gateway> opening, Gateway open) {
      this.opening = opening;
      this.open = open;
    }

    void next() {
      open.close();
      open = opening.get();
    }
  }

  /** Arguments: the configuration, by how much the clock is ahead, a step or "-", the passes. */
  public static void main(String[] arguments) {
    Duration ahead = Duration.parse(arguments[1]);
    InstantSource clock = () -> Instant.now().plus(ahead);
    if (!arguments[2].equals("-")) {
      want(arguments[2], arguments[3]);
    }
    CompletableFuture<Lives> opened = new CompletableFuture<>();
    Thread orders = new Thread(() -> obey(opened), "orders");
    orders.setDaemon(true);
    orders.start();
    GatewayConfig settings = Configuration.read(Path.of(arguments[0]), Map.of()).settings();
    Supplier<Gateway> opening = () -> Gateway.open(settings, clock, SteppedGateway::reached);
    Gateway gateway = opening.get();
    opened.complete(new Lives(opening, gateway));
    say("SERVING " + gateway.addresses().get(0) + " " + gateway.operations());
    standStill();
  }

  /** Whatever it does, it ends with its parent, whose end is the end of the orders. */
  private static void obey(CompletableFuture<Lives> gateway) {
    try (BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        obey(order.split(" "), gateway);
      }
    } catch (IOException e) {
      // The same as the end.
    }
    Runtime.getRuntime().halt(1);
  }

  private static void obey(String[] order, CompletableFuture<Lives> gateway) {
    switch (order[0]) {
      case "stand-still-at" -> want(order[1], order[2]);
      case "heap" -> say("HEAP " + heapAfterCollection());
      case "close-and-open" -> {
        for (int i = Integer.parseInt(order[1]); i > 0; i--) {
          gateway.join().next();
        }
        say("OPENED");
      }
      case "stop" -> {
        gateway.join().open.close();
        System.exit(0);
      }
      default -> throw new IllegalArgumentException(order[0]);
    }
  }

  private static void want(String step, String passes) {
    wanted = new Wanted(Step.valueOf(step), new AtomicInteger(Integer.parseInt(passes)));
  }

  private static void reached(Step step) {
    Wanted now = wanted;
    if (step == now.step() && now.passes().getAndDecrement() == 0) {
      say("AT " + step);
      standStill();
    }
  }

  private static void standStill() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long heapAfterCollection() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void say(String line) {
    System.out.println("@@" + line);
    System.out.flush();
  }
}
