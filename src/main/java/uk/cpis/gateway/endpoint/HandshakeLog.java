package uk.cpis.gateway.endpoint;

import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the operator who was turned away in the TLS handshake: no certificate, another version, no
 * TLS at all. A certificate that is not believed is told by the one who refuses it. Shared between
 * threads.
 */
final class HandshakeLog implements SslHandshakeListener {

  private static final Logger LOG = LoggerFactory.getLogger(HandshakeLog.class);
  private static final String CAUSE = "TLS";
  private static final int LINES_A_MINUTE = 20;

  private final Pace pace = new Pace(LINES_A_MINUTE);
  private final Consumer<String> counted;

  /** Has each refusal counted, under the name of its cause. */
  HandshakeLog(Consumer<String> counted) {
    this.counted = counted;
  }

  @Override
  public void handshakeFailed(Event event, Throwable failure) {
    if (failure instanceof SSLException && !refusedCertificate(failure)) {
      counted.accept(CAUSE);
      pace.next(HandshakeLog.class)
          .ifPresent(
              before ->
                  LOG.warn(
                      "refused code=TLS cause={} address={} heldBack={}",
                      failure.getMessage(),
                      address(event.getEndPoint()),
                      before));
    }
  }

  private static boolean refusedCertificate(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  private static String address(EndPoint connection) {
    return connection.getRemoteSocketAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "unknown";
  }
}
