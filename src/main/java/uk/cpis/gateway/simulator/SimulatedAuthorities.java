package uk.cpis.gateway.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.TlsEndpoint;

/**
 * The systems of many authorities in one process, each on a port of its own with its own
 * certificate, all on one pool of threads: one thread a port waits, a few work.
 */
public final class SimulatedAuthorities implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int WORKING_THREADS = 32;
  private static final int NO_ACCEPTOR = 0;
  private static final int ONE_SELECTOR = 1;

  private final Server server;
  private final Map<String, SimulatedAuthority> authorities = new LinkedHashMap<>();

  private SimulatedAuthorities(
      List<AuthoritySystem> systems, PartnerWorld world, int firstPort, Steps made) {
    QueuedThreadPool threads = new QueuedThreadPool(systems.size() + WORKING_THREADS);
    threads.setName("authorities");
    threads.setDaemon(true);
    this.server = new Server(threads);
    for (AuthoritySystem system : systems) {
      made.at(authorities.size(), systems.size());
      String name = system.authority().code().value();
      int port = firstPort == 0 ? 0 : firstPort + authorities.size();
      ServerConnector connector = connector(name, port, system, world);
      server.addConnector(connector);
      authorities.put(name, new SimulatedAuthority(system, world, connector));
    }
    server.setHandler(new AuthorityDoor(authorities));
    server.setStopTimeout(0);
  }

  /**
   * Opens them all on loopback.
   *
   * @param firstPort the port of the first, the others follow; 0 takes any free ones
   */
  public static SimulatedAuthorities open(
      List<AuthoritySystem> systems, PartnerWorld world, int firstPort, Steps made) {
    SimulatedAuthorities opened = new SimulatedAuthorities(systems, world, firstPort, made);
    try {
      opened.server.start();
    } catch (Exception e) {
      throw new SimulatorException("cannot start the systems of the authorities", e);
    }
    opened.authorities.values().forEach(SimulatedAuthority::start);
    return opened;
  }

  private ServerConnector connector(
      String name, int port, AuthoritySystem system, PartnerWorld world) {
    TlsEndpoint tls = TlsEndpoint.server(system.tls(), world.peers(), world.clock(), refused -> {});
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setSslContext(tls.context());
    ssl.setNeedClientAuth(true);
    ssl.setIncludeProtocols(tls.parameters().getProtocols());
    ssl.setIncludeCipherSuites(tls.parameters().getCipherSuites());
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector =
        new ServerConnector(
            server,
            null,
            null,
            null,
            NO_ACCEPTOR,
            ONE_SELECTOR,
            new SslConnectionFactory(ssl, HttpVersion.HTTP_1_1.asString()),
            new HttpConnectionFactory(http));
    connector.setName(name);
    connector.setHost(LOOPBACK);
    connector.setPort(port);
    return connector;
  }

  /** The system of this authority. */
  public SimulatedAuthority of(OdsCode authority) {
    SimulatedAuthority found = authorities.get(authority.value());
    if (found == null) {
      throw new SimulatorException("there is no simulated system of " + authority);
    }
    return found;
  }

  public List<SimulatedAuthority> all() {
    return List.copyOf(authorities.values());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new SimulatorException("cannot stop the systems of the authorities", e);
    }
  }
}
