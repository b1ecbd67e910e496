package uk.cpis.gateway.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.Access;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.OwedNotification;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;

/**
 * The one thread that commits for many: it takes what waits, numbers it in order, writes it in one
 * batch with one commit, and then completes the waiting. No timer: an idle writer adds no wait. If
 * a batch fails, its records are tried one by one. It alone gives numbers, so the order of commits
 * is the order of numbers. Shared between threads.
 *
 * <p>A result is completed on the writer's thread: wait for it with {@code join}, or attach work
 * with the {@code Async} methods only. It fails with a {@link StoreException}.
 */
public final class CommitWriter {

  private static final Logger LOG = LoggerFactory.getLogger(CommitWriter.class);
  private static final int ATTEMPTS = 3;
  private static final long AGAIN_AFTER_MILLIS = 500;

  private final WriterConnection connection;
  private final BlockingQueue<WriterJob> waiting;
  private final BlockingQueue<Unnumbered> unnumbered = new LinkedBlockingQueue<>();
  private final int largestBatch;
  private final Steps steps;
  private final Thread thread = new Thread(this::run, "store-writer");
  private volatile Runnable afterOwing = () -> {};
  private volatile boolean closed;

  private CommitWriter(
      WriterConnection connection, int longestQueue, int largestBatch, Steps steps) {
    this.connection = connection;
    this.waiting = new ArrayBlockingQueue<>(longestQueue);
    this.largestBatch = largestBatch;
    this.steps = steps;
  }

  /** Takes up the numbers where the store left off and starts writing. */
  static CommitWriter open(
      WriterConnection connection, int longestQueue, int largestBatch, Steps steps) {
    connection.numberLeftOver();
    steps.reached(Step.STORE_OPENED);
    CommitWriter writer = new CommitWriter(connection, longestQueue, largestBatch, steps);
    writer.thread.start();
    return writer;
  }

  /** Called after each commit that owes something, on the writer's thread; must be quick. */
  void afterOwing(Runnable listener) {
    afterOwing = listener;
  }

  /**
   * Commits an access, what it owes and the memory of its message together. The numbers of the
   * person are given, so that the writer need not wait for whoever is changing how they stand.
   */
  public CompletableFuture<AccessOutcome> submit(
      Access access, LinkedNumbers person, List<OwedNotification> owed) {
    Pending<AccessOutcome> done = new Pending<>();
    if (!offer(new WriterJob.ForAccess(access, person, List.copyOf(owed), done))) {
      done.complete(new AccessOutcome.Busy());
    }
    return done;
  }

  /** The same for a person of whom no other number is known. */
  public CompletableFuture<AccessOutcome> submit(Access access, List<OwedNotification> owed) {
    return submit(access, LinkedNumbers.alone(access.person()), owed);
  }

  /**
   * Commits an audit entry that has no effects beside it; its number. Fails when too much waits.
   */
  public CompletableFuture<Long> submit(AuditEntry entry) {
    Pending<Long> done = new Pending<>();
    if (!offer(new WriterJob.ForEntry(entry, done))) {
      done.completeExceptionally(new StoreException("the writer is busy: audit entry not taken"));
    }
    return done;
  }

  /**
   * Waits for what was submitted as long as is worth it, and fails with a {@link StoreException}
   * after that. What the writer has not begun by then is withdrawn and never written; for what it
   * has in hand the wait is as long once more, and then it may be written all the same.
   */
  public static <T> T await(CompletableFuture<T> result, Duration patience) {
    try {
      return inTime(result, patience);
    } catch (ExecutionException e) {
      throw new StoreException("the writer could not commit", e.getCause());
    } catch (TimeoutException e) {
      throw new StoreException("the writer did not commit in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("the wait for the writer was interrupted", e);
    }
  }

  private static <T> T inTime(CompletableFuture<T> result, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    Pending.Wait<T> wait = () -> result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    return result instanceof Pending<T> pending ? pending.inTime(wait) : wait.once();
  }

  /** Numbers rows that were committed without; a full queue needs no waking. */
  void number(Unnumbered rows) {
    unnumbered.add(rows);
    offer(new WriterJob.Wake(new Pending<>()));
  }

  private boolean offer(WriterJob job) {
    boolean taken = waiting.offer(job);
    if (closed && (!taken || waiting.remove(job))) {
      job.fail(closedFailure());
      return true;
    }
    return taken;
  }

  private static StoreException closedFailure() {
    return new StoreException("the store is closed");
  }

  /** The newest numbers that are on disk; from any thread. */
  Numbers.Newest newest() {
    return connection.newest();
  }

  /** Without its thread nothing is written any more, though reading may work. */
  void check() {
    if (!thread.isAlive()) {
      throw new StoreException("the store's writer has ended");
    }
  }

  /** Ends the thread after the batch in hand; what still waits fails. */
  void close() {
    closed = true;
    waiting.offer(new WriterJob.Wake(new Pending<>()));
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        step();
      }
    } catch (InterruptedException e) {
      LOG.warn("the store's writer was interrupted and ends");
    } finally {
      closed = true;
      failWaiting();
      connection.close();
    }
  }

  private void failWaiting() {
    List<WriterJob> left = new ArrayList<>();
    waiting.drainTo(left);
    left.forEach(job -> job.fail(closedFailure()));
  }

  private void step() throws InterruptedException {
    List<WriterJob> jobs = take();
    numberWaitingRows();
    jobs.removeIf(job -> !job.done().take());
    try {
      commit(jobs);
    } catch (RuntimeException e) {
      LOG.warn("a batch of {} failed, its records are tried one by one", jobs.size(), e);
      jobs.forEach(job -> job.done().putBack());
      jobs.stream().filter(job -> job.done().take()).forEach(this::commitAlone);
    }
  }

  /** What waits, at least one; perhaps none while rows still wait for their numbers. */
  private List<WriterJob> take() throws InterruptedException {
    List<WriterJob> jobs = new ArrayList<>(largestBatch);
    WriterJob first =
        unnumbered.isEmpty()
            ? waiting.take()
            : waiting.poll(AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS);
    if (first != null) {
      jobs.add(first);
      waiting.drainTo(jobs, largestBatch - 1);
    }
    return jobs;
  }

  private void numberWaitingRows() {
    Unnumbered rows = unnumbered.peek();
    while (rows != null) {
      try {
        boolean owes = connection.number(rows);
        unnumbered.remove();
        wakeIf(owes);
        rows = unnumbered.peek();
      } catch (RuntimeException e) {
        LOG.warn("rows could not be numbered yet", e);
        return;
      }
    }
  }

  private void commit(List<WriterJob> jobs) {
    if (jobs.stream().allMatch(WriterJob.Wake.class::isInstance)) {
      return;
    }
    WriterConnection.Written written = connection.commit(jobs);
    steps.reached(Step.BATCH_COMMITTED);
    written.completions().forEach(Runnable::run);
    wakeIf(written.owes());
  }

  private void wakeIf(boolean owes) {
    if (!owes) {
      return;
    }
    try {
      afterOwing.run();
    } catch (RuntimeException e) {
      LOG.error("the listener of owed notifications failed", e);
    }
  }

  /** A passing failure, or another transaction that came first with the message id: once more. */
  private void commitAlone(WriterJob job) {
    for (int attempt = 1; ; attempt++) {
      try {
        commit(List.of(job));
        return;
      } catch (StoreException e) {
        if (attempt == ATTEMPTS || !(e.passing() || e.duplicate())) {
          job.fail(e);
          return;
        }
      } catch (RuntimeException e) {
        job.fail(new StoreException("the writer could not write a record", e));
        return;
      }
    }
  }
}
