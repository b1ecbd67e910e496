package uk.cpis.gateway.endpoint;

import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import uk.cpis.gateway.domain.CertificateFingerprint;

/**
 * Lets each TLS certificate have so many connections and closes those beyond, as soon as the
 * handshake has said whose they are; whoever is closed on tries again later. Shared between
 * threads.
 */
final class SenderConnections implements SslHandshakeListener, Connection.Listener {

  private final int perSender;
  private final Map<SSLEngine, CertificateFingerprint> open = new HashMap<>();
  private final Map<CertificateFingerprint, Integer> held = new HashMap<>();

  SenderConnections(int perSender) {
    this.perSender = perSender;
  }

  @Override
  public void handshakeSucceeded(Event event) throws SSLException {
    SSLEngine engine = event.getSSLEngine();
    CertificateFingerprint sender =
        TlsPeer.fingerprint(engine.getSession().getPeerCertificates()[0]);
    if (!admit(engine, sender)) {
      throw new SSLException(
          "one connection too many: certificate " + sender + " has " + perSender + " open");
    }
  }

  private synchronized boolean admit(SSLEngine engine, CertificateFingerprint sender) {
    if (held.getOrDefault(sender, 0) >= perSender) {
      return false;
    }
    if (open.put(engine, sender) == null) {
      held.merge(sender, 1, Integer::sum);
    }
    return true;
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    if (connection instanceof SslConnection tls) {
      CertificateFingerprint sender = open.remove(tls.getSSLEngine());
      if (sender != null) {
        held.computeIfPresent(sender, (key, count) -> count == 1 ? null : count - 1);
      }
    }
  }
}
