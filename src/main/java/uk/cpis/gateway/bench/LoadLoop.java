package uk.cpis.gateway.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import uk.cpis.gateway.pki.TlsEndpoint;

/**
 * Asks on several connections at once until the time is over or no question is left. Used by one
 * thread; the asking threads share the index of the next question and the list of errors.
 */
final class LoadLoop {

  private static final int MOST_ERRORS = 20;
  private static final int BUSY = 503;
  private static final int MOST_SHOWN_OF_A_BODY = 600;

  private final URI queries;
  private final TlsEndpoint client;
  private final Style style;
  private final Supplier<Duration> gatewayCpu;

  LoadLoop(URI queries, TlsEndpoint client, Style style, Supplier<Duration> gatewayCpu) {
    this.queries = queries;
    this.client = client;
    this.style = style;
    this.gatewayCpu = gatewayCpu;
  }

  /**
   * How it is asked.
   *
   * @param perSecond so many questions a second, each at its time, and what it waited for a free
   *     connection counts; 0: on each connection the next one as soon as the last is answered
   * @param greedy begins anew when no question is left, and takes a 503 for what it is
   */
  record Style(int connections, double perSecond, boolean greedy) {}

  /** What one thread has to tell. */
  private record Share(Latencies latencies, Duration cpu) {}

  /** What the asking threads share while a round lasts. */
  private static final class Round {
    private final SignedQueries questions;
    private final Style style;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final long start = System.nanoTime();
    private final long deadline;

    Round(SignedQueries questions, Style style, Duration longest) {
      this.questions = questions;
      this.style = style;
      this.deadline = start + longest.toNanos();
    }

    /** The question of this index; empty when none is left. */
    Optional<byte[]> question(int index) {
      int size = questions.size();
      return index < size || style.greedy()
          ? Optional.of(questions.get(index % size))
          : Optional.empty();
    }

    /** Waits for the time of this question, where it has one; from when its answer is awaited. */
    long begin(int index) {
      if (style.perSecond() == 0) {
        return System.nanoTime();
      }
      long due = start + (long) (index / style.perSecond() * 1e9);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
        if (Thread.currentThread().isInterrupted()) {
          break;
        }
      }
      return due;
    }

    void notAnswered(HttpReply reply) {
      if (style.greedy() && reply.status() == BUSY) {
        refused.incrementAndGet();
      } else {
        errors.add(reply.status() + ": " + reply.excerpt(MOST_SHOWN_OF_A_BODY));
      }
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
      for (int i = 0; i < style.connections(); i++) {
        open.add(LoadConnection.open(queries, client));
      }
      return run(open, questions, longest);
    } catch (IOException e) {
      throw new BenchException("cannot connect to the gateway", e);
    } finally {
      open.forEach(LoadLoop::closeQuietly);
    }
  }

  private Load run(List<LoadConnection> open, SignedQueries questions, Duration longest)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(style.connections());
    try {
      Duration cpuBefore = gatewayCpu.get();
      Round round = new Round(questions, style, longest);
      List<Future<Share>> asking =
          open.stream().map(each -> threads.submit(() -> ask(each, round))).toList();
      List<Share> shares = new ArrayList<>();
      for (Future<Share> each : asking) {
        shares.add(each.get());
      }
      return new Load(
          Duration.ofNanos(System.nanoTime() - round.start),
          Latencies.together(shares.stream().map(Share::latencies).toList()),
          shares.stream().map(Share::cpu).reduce(Duration.ZERO, Duration::plus),
          gatewayCpu.get().minus(cpuBefore),
          open.get(0).protection(),
          List.copyOf(round.errors),
          round.refused.get(),
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
        Optional<byte[]> message = round.question(index);
        if (message.isEmpty()) {
          break;
        }
        long asked = round.begin(index);
        HttpReply reply = connection.ask(message.get());
        if (reply.status() == 200) {
          latencies.add(System.nanoTime() - asked);
        } else {
          round.notAnswered(reply);
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
