package uk.cpis.gateway.endpoint;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import uk.cpis.gateway.domain.CertificateFingerprint;

/**
 * Stands before everything that parses: endpoint, method, media type, pace, fair share, size and
 * time of the body, and whose turn it is. What passes goes on with its body whole in memory;
 * everything else gets a constant, unsigned answer (promise 8). Shared between request threads.
 */
final class Guard extends Handler.Wrapper {

  private final Map<String, Doorway> doorways;
  private final Rate<CertificateFingerprint> rate;
  private final Duration bodyTimeout;
  private final RefusalLog log;
  private final Predicate<X509Certificate> shutOut;

  private record Doorway(
      EndpointLimit limit,
      FairShare<CertificateFingerprint> share,
      Turns<CertificateFingerprint> turns) {

    static Doorway of(EndpointLimit limit, int perSender) {
      return new Doorway(
          limit, new FairShare<>(limit.inFlight(), perSender), new Turns<>(limit.atWork()));
    }

    String path() {
      return limit.path();
    }
  }

  Guard(HttpSettings settings, RefusalLog log, Handler inside) {
    this(settings, certificate -> false, log, inside);
  }

  /**
   * The same, which gives the contracts to nobody who is shut out: messages are judged each by
   * itself, but what is read without one is not.
   */
  Guard(HttpSettings settings, Predicate<X509Certificate> shutOut, RefusalLog log, Handler inside) {
    super(inside);
    this.shutOut = shutOut;
    this.bodyTimeout = settings.bodyTimeout();
    this.log = log;
    HttpSettings.PerSender perSender = settings.limits().perSender();
    this.rate = new Rate<>(perSender.requestsPerSecond());
    this.doorways =
        EndpointLimit.of(settings).stream()
            .map(limit -> Doorway.of(limit, perSender.requests()))
            .collect(Collectors.toMap(Doorway::path, Function.identity()));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = Exchange.of(request, response, callback);
    Doorway doorway = doorways.get(exchange.path());
    if (doorway == null) {
      refuse(exchange, HttpRefusal.NO_SUCH_ENDPOINT);
    } else if (Gate.asksForContract(request)) {
      admit(exchange, doorway, admitted -> giveContract(admitted, doorway));
    } else {
      Gate.refusal(request, doorway.limit())
          .ifPresentOrElse(
              refusal -> refuse(exchange, refusal),
              () -> admit(exchange, doorway, admitted -> read(admitted, doorway)));
    }
    return true;
  }

  /** Asked of who is admitted only: it takes a walk over all who are registered. */
  private void giveContract(Exchange exchange, Doorway doorway) {
    if (TlsPeer.certificate(exchange.request()).filter(shutOut).isPresent()) {
      refuse(exchange, HttpRefusal.SHUT_OUT);
    } else {
      takeTurn(exchange, doorway, new byte[0]);
    }
  }

  private void admit(Exchange exchange, Doorway doorway, Consumer<Exchange> next) {
    CertificateFingerprint sender = exchange.peer().certificate();
    if (rate.admit(sender) && doorway.share().admit(sender)) {
      next.accept(exchange.onEnd(() -> doorway.share().release(sender)));
    } else {
      refuse(exchange, HttpRefusal.BUSY);
    }
  }

  private void read(Exchange exchange, Doorway doorway) {
    new BodyReader(
            exchange,
            doorway.limit().bodyBytes(),
            bodyTimeout,
            body -> takeTurn(exchange, doorway, body),
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

  private void takeTurn(Exchange exchange, Doorway doorway, byte[] body) {
    doorway
        .turns()
        .take(
            exchange.peer().certificate(),
            () -> enter(exchange, body),
            exchange.request().getComponents().getExecutor());
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
