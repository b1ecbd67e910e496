package uk.cpis.gateway.pki;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestSystem;

/** An authority's server that looks at the certificate of whoever calls, and hangs up. */
final class CallersSeen implements AutoCloseable {

  private static final int WAITING = 50;

  private final SSLServerSocket server;
  private final Set<Certificate> callers = ConcurrentHashMap.newKeySet();

  private CallersSeen(SSLServerSocket server) {
    this.server = server;
  }

  static CallersSeen open(TestSystem system) throws IOException {
    TlsEndpoint tls =
        TlsEndpoint.server(
            system.tls().keyMaterial(), TestCertificates.paths(), Instant::now, refused -> {});
    SSLServerSocket server =
        (SSLServerSocket)
            tls.context()
                .getServerSocketFactory()
                .createServerSocket(0, WAITING, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    CallersSeen seen = new CallersSeen(server);
    Thread thread = new Thread(seen::look, "callers-seen");
    thread.setDaemon(true);
    thread.start();
    return seen;
  }

  private void look() {
    while (!server.isClosed()) {
      try (SSLSocket caller = (SSLSocket) server.accept()) {
        caller.startHandshake();
        callers.add(caller.getSession().getPeerCertificates()[0]);
      } catch (IOException refusedOrClosed) {
        // the next one
      }
    }
  }

  URI address() {
    return URI.create("https://localhost:" + server.getLocalPort() + "/notification");
  }

  /** The certificates of all that called. */
  Set<Certificate> callers() {
    return callers;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
