package uk.cpis.gateway.endpoint;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import uk.cpis.gateway.domain.CertificateFingerprint;

/**
 * Stands before everything that parses: endpoint, method, media type, fair share, size and time of
 * the body. What passes goes on with its body whole in memory; everything else gets a constant,
 * unsigned answer (promise 8). Shared between request threads.
 */
final class Guard extends Handler.Wrapper {

  private final Map<String, Doorway> doorways;
  private final Duration bodyTimeout;
  private final RefusalLog log;

  private record Doorway(EndpointLimit limit, FairShare<CertificateFingerprint> share) {
    String path() {
      return limit.path();
    }
  }

  Guard(HttpSettings settings, RefusalLog log, Handler inside) {
    super(inside);
    this.bodyTimeout = settings.bodyTimeout();
    this.log = log;
    int perSender = settings.requestsPerSender();
    this.doorways =
        EndpointLimit.of(settings).stream()
            .map(limit -> new Doorway(limit, new FairShare<>(limit.inFlight(), perSender)))
            .collect(Collectors.toMap(Doorway::path, Function.identity()));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = Exchange.of(request, response, callback);
    Doorway doorway = doorways.get(exchange.path());
    if (doorway == null) {
      refuse(exchange, HttpRefusal.NO_SUCH_ENDPOINT);
    } else if (Gate.asksForContract(request)) {
      admit(exchange, doorway, admitted -> enter(admitted, new byte[0]));
    } else {
      Gate.refusal(request, doorway.limit())
          .ifPresentOrElse(
              refusal -> refuse(exchange, refusal),
              () -> admit(exchange, doorway, admitted -> read(admitted, doorway.limit())));
    }
    return true;
  }

  private void admit(Exchange exchange, Doorway doorway, Consumer<Exchange> next) {
    CertificateFingerprint sender = exchange.peer().certificate();
    if (doorway.share().admit(sender)) {
      next.accept(exchange.onEnd(() -> doorway.share().release(sender)));
    } else {
      refuse(exchange, HttpRefusal.BUSY);
    }
  }

  private void read(Exchange exchange, EndpointLimit limit) {
    new BodyReader(
            exchange,
            limit.bodyBytes(),
            bodyTimeout,
            body -> enter(exchange, body),
            refusal -> answer(exchange, refusal))
        .run();
  }

  /** Refuses when the body is read away, because some senders listen only after sending all. */
  private void refuse(Exchange exchange, HttpRefusal refusal) {
    if (exchange.request().getHeaders().contains(HttpHeader.EXPECT)) {
      answer(exchange, refusal);
    } else {
      new BodyReader(
              exchange,
              0,
              bodyTimeout,
              body -> answer(exchange, refusal),
              late -> answer(exchange, refusal))
          .run();
    }
  }

  private void answer(Exchange exchange, HttpRefusal refusal) {
    log.refused(refusal, exchange.peer(), exchange.path());
    exchange.refuse(refusal);
  }

  private void enter(Exchange exchange, byte[] body) {
    Request read = new ReadRequest(exchange.request(), body);
    try {
      if (!super.handle(read, exchange.response(), exchange.callback())) {
        exchange.refuse(HttpRefusal.NO_SUCH_ENDPOINT);
      }
    } catch (Exception e) {
      Response.writeError(read, exchange.response(), exchange.callback(), e);
    }
  }
}
