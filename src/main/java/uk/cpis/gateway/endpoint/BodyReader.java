package uk.cpis.gateway.endpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Reads one body whole into a bounded buffer without holding a thread while nothing arrives. A body
 * beyond the limit is read on and thrown away for a while, so that the sender, who may not listen
 * before it has sent all, sees the refusal. One use, one request.
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
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        fail(chunk.getFailure());
        return;
      }
      take(chunk);
      chunk.release();
      Optional<HttpRefusal> refusal = refusalNow(chunk.isLast());
      if (refusal.isPresent()) {
        refused.accept(refusal.get());
        return;
      }
      if (chunk.isLast()) {
        whole.accept(body.toByteArray());
        return;
      }
    }
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
    boolean late = System.nanoTime() - deadline > 0;
    if (received > limit && (last || late || received > DISCARDED_AT_MOST)) {
      return Optional.of(HttpRefusal.TOO_LARGE);
    }
    return late && !last ? Optional.of(HttpRefusal.TOO_SLOW) : Optional.empty();
  }

  private void fail(Throwable cause) {
    if (cause instanceof TimeoutException) {
      refused.accept(HttpRefusal.TOO_SLOW);
    } else {
      exchange.broken(cause);
    }
  }
}
