package uk.cpis.gateway.endpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body whole into a bounded buffer without holding a thread while nothing arrives. A body
 * beyond the limit is read on and thrown away for a while, so that the sender, who may not listen
 * before it has sent all, sees the refusal. The time it has counts as a whole, also while nothing
 * arrives. One use, one request.
 */
final class BodyReader implements Runnable {

  private static final int DISCARDED_AT_MOST = 8 * 1024 * 1024;

  private final Exchange exchange;
  private final Request request;
  private final int limit;
  private final long deadline;
  private final Consumer<byte[]> whole;
  private final Consumer<HttpRefusal> refused;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(4096);
  private long received;
  private Scheduler.@Nullable Task alarm;
  private boolean waits;
  private long rounds;

  BodyReader(
      Exchange exchange,
      int limit,
      Duration time,
      Consumer<byte[]> whole,
      Consumer<HttpRefusal> refused) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.limit = limit;
    this.deadline = System.nanoTime() + time.toNanos();
    this.whole = whole;
    this.refused = refused;
  }

  @Override
  public void run() {
    next().run();
  }

  /** What is to be done now; done by the caller, because it may be all of the work. */
  private synchronized Runnable next() {
    waits = false;
    long round = ++rounds;
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        setAlarm();
        return () -> await(round);
      }
      if (Content.Chunk.isFailure(chunk)) {
        return end(() -> fail(chunk.getFailure()));
      }
      take(chunk);
      chunk.release();
      Optional<HttpRefusal> refusal = refusalNow(chunk.isLast());
      if (refusal.isPresent()) {
        return end(() -> refused.accept(refusal.get()));
      }
      if (chunk.isLast()) {
        return end(() -> whole.accept(body.toByteArray()));
      }
    }
  }

  private void setAlarm() {
    if (alarm == null) {
      long left = Math.max(0, deadline - System.nanoTime());
      alarm =
          request
              .getComponents()
              .getScheduler()
              .schedule(this::timeIsUp, left, TimeUnit.NANOSECONDS);
    }
  }

  /** The server may call this reader from within, and it may then do all of the work there. */
  private void await(long round) {
    request.demand(this);
    synchronized (this) {
      waits = round == rounds;
    }
    if (isLate()) {
      timeIsUp();
    }
  }

  /** Ends the wait as the server does whose connection is idle: with a failure to be read. */
  private synchronized void timeIsUp() {
    if (waits) {
      waits = false;
      request
          .getConnectionMetaData()
          .getConnection()
          .onIdleExpired(new TimeoutException("the time for a body is up"));
    }
  }

  private Runnable end(Runnable how) {
    if (alarm != null) {
      alarm.cancel();
    }
    return how;
  }

  private void take(Content.Chunk chunk) {
    ByteBuffer bytes = chunk.getByteBuffer();
    received += bytes.remaining();
    if (received <= limit) {
      body.writeBytes(BufferUtil.toArray(bytes));
    } else {
      body.reset();
    }
  }

  private Optional<HttpRefusal> refusalNow(boolean last) {
    boolean late = isLate();
    if (received > limit && (last || late || received > DISCARDED_AT_MOST)) {
      return Optional.of(HttpRefusal.TOO_LARGE);
    }
    return late && !last ? Optional.of(HttpRefusal.TOO_SLOW) : Optional.empty();
  }

  private boolean isLate() {
    return System.nanoTime() - deadline > 0;
  }

  private void fail(Throwable cause) {
    if (cause instanceof TimeoutException) {
      refused.accept(received > limit ? HttpRefusal.TOO_LARGE : HttpRefusal.TOO_SLOW);
    } else {
      exchange.broken(cause);
    }
  }
}
