package uk.cpis.gateway.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import uk.cpis.gateway.pki.TlsEndpoint;

/**
 * Asks on several connections at once, on each the next question as soon as the last is answered,
 * until the time is over or no question is left. Used by one thread; the asking threads share the
 * index of the next question and the list of errors.
 */
final class ClosedLoop {

  private static final int MOST_ERRORS = 20;
  private static final int MOST_SHOWN_OF_A_BODY = 600;

  private final URI queries;
  private final TlsEndpoint client;
  private final int connections;
  private final Supplier<Duration> gatewayCpu;

  ClosedLoop(URI queries, TlsEndpoint client, int connections, Supplier<Duration> gatewayCpu) {
    this.queries = queries;
    this.client = client;
    this.connections = connections;
    this.gatewayCpu = gatewayCpu;
  }

  /** What one thread has to tell. */
  private record Share(Latencies latencies, Duration cpu) {}

  /** What the asking threads share while a round lasts. */
  private static final class Round {
    private final SignedQueries questions;
    private final AtomicInteger next = new AtomicInteger();
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final long start = System.nanoTime();
    private final long deadline;

    Round(SignedQueries questions, Duration longest) {
      this.questions = questions;
      this.deadline = start + longest.toNanos();
    }

    boolean goesOn() {
      return System.nanoTime() < deadline
          && errors.size() < MOST_ERRORS
          && !Thread.currentThread().isInterrupted();
    }
  }

  /** Asks these questions, each once, for no longer than this. */
  Load run(SignedQueries questions, Duration longest) throws InterruptedException {
    List<LoadConnection> open = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        open.add(LoadConnection.open(queries, client));
      }
      return run(open, questions, longest);
    } catch (IOException e) {
      throw new BenchException("cannot connect to the gateway", e);
    } finally {
      open.forEach(ClosedLoop::closeQuietly);
    }
  }

  private Load run(List<LoadConnection> open, SignedQueries questions, Duration longest)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      Duration cpuBefore = gatewayCpu.get();
      Round round = new Round(questions, longest);
      List<Future<Share>> asking =
          open.stream().map(each -> threads.submit(() -> ask(each, round))).toList();
      List<Share> shares = new ArrayList<>();
      for (Future<Share> each : asking) {
        shares.add(each.get());
      }
      return new Load(
          Duration.ofNanos(System.nanoTime() - round.start),
          Latencies.Summary.of(shares.stream().map(Share::latencies).toList()),
          shares.stream().map(Share::cpu).reduce(Duration.ZERO, Duration::plus),
          gatewayCpu.get().minus(cpuBefore),
          open.get(0).protection(),
          List.copyOf(round.errors),
          Math.min(round.next.get(), questions.size()));
    } catch (ExecutionException e) {
      throw new BenchException("a thread of the load failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static Share ask(LoadConnection connection, Round round) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long cpuBefore = clock.getCurrentThreadCpuTime();
    Latencies latencies = new Latencies();
    try {
      while (round.goesOn()) {
        int index = round.next.getAndIncrement();
        if (index >= round.questions.size()) {
          break;
        }
        byte[] message = round.questions.get(index);
        long asked = System.nanoTime();
        HttpReply reply = connection.ask(message);
        long took = System.nanoTime() - asked;
        if (reply.status() == 200) {
          latencies.add(took);
        } else {
          round.errors.add(reply.status() + ": " + reply.excerpt(MOST_SHOWN_OF_A_BODY));
        }
      }
    } catch (IOException e) {
      round.errors.add("no answer, and the connection is given up: " + e);
    }
    return new Share(latencies, Duration.ofNanos(clock.getCurrentThreadCpuTime() - cpuBefore));
  }

  private static void closeQuietly(LoadConnection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // The round is over and its answers are counted: how the connection ends matters to nobody.
    }
  }
}
