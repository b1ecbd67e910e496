package uk.cpis.gateway.endpoint;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that keep the gateway waiting: whose handshake, or the head of whose next
 * request, is not whole in time, however steadily its bytes drip. The server's own idle time-out
 * begins anew with every byte. So are those who do not take their answer in time. A request that is
 * being worked on is left alone; its body has a time of its own. Shared between threads.
 */
final class SlowSenders implements SslHandshakeListener, Connection.Listener {

  private static final long LONGEST_ROUND_MILLIS = 1_000;
  private static final int ROUNDS_IN_A_TIME = 4;

  private final long handshakeNanos;
  private final long headNanos;
  private final Map<SSLEngine, Waiting> connections = new ConcurrentHashMap<>();

  private static final class Waiting {
    private final EndPoint connection;
    private volatile long since = System.nanoTime();
    private volatile boolean known;
    private volatile boolean atWork;
    private volatile boolean answered;

    Waiting(EndPoint connection) {
      this.connection = connection;
    }

    void works() {
      answered = false;
      atWork = true;
    }

    void answers() {
      if (!answered) {
        answered = true;
        since = System.nanoTime();
        atWork = false;
      }
    }

    void rests() {
      since = System.nanoTime();
      atWork = false;
    }
  }

  /**
   * How long a handshake may take, and how long a connection may be without a whole head, or a
   * caller take its answer.
   */
  SlowSenders(Duration handshake, Duration head) {
    this.handshakeNanos = handshake.toNanos();
    this.headNanos = head.toNanos();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof SslConnection tls) {
      connections.put(tls.getSSLEngine(), new Waiting(tls.getEndPoint()));
    }
  }

  @Override
  public void handshakeSucceeded(Event event) {
    Waiting waiting = connections.get(event.getSSLEngine());
    if (waiting != null) {
      waiting.since = System.nanoTime();
      waiting.known = true;
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (connection instanceof SslConnection tls) {
      connections.remove(tls.getSSLEngine());
    }
  }

  /** Tells from when to when there is a request on a connection. */
  Handler around(Handler inside) {
    return new Handler.Wrapper(inside) {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        Waiting waiting = of(request);
        if (waiting == null) {
          return super.handle(request, response, callback);
        }
        waiting.works();
        Response timed = new Timed(request, response, waiting);
        return super.handle(request, timed, Callback.from(waiting::rests, callback));
      }
    };
  }

  /** Begins to count with the first byte of the answer. */
  private static final class Timed extends Response.Wrapper {
    private final Waiting waiting;

    Timed(Request request, Response response, Waiting waiting) {
      super(request, response);
      this.waiting = waiting;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
      waiting.answers();
      super.write(last, content, callback);
    }
  }

  private @Nullable Waiting of(Request request) {
    EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
    return connection instanceof SslConnection.SslEndPoint tls
        ? connections.get(tls.getSslConnection().getSSLEngine())
        : null;
  }

  /** Looks at all connections again and again, until the scheduler is stopped. */
  void begin(Scheduler scheduler) {
    long shortest = TimeUnit.NANOSECONDS.toMillis(Math.min(handshakeNanos, headNanos));
    long round = Math.max(1, Math.min(LONGEST_ROUND_MILLIS, shortest / ROUNDS_IN_A_TIME));
    scheduler.schedule(
        () -> {
          closeTheSlow();
          begin(scheduler);
        },
        round,
        TimeUnit.MILLISECONDS);
  }

  private void closeTheSlow() {
    long now = System.nanoTime();
    for (Waiting each : connections.values()) {
      long allowed = each.known ? headNanos : handshakeNanos;
      if (!each.atWork && now - each.since > allowed) {
        each.connection.close();
      }
    }
  }
}
