package uk.cpis.gateway.endpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTPS server: mutual TLS, one connector, strict HTTP/1.1, and one handler inside. Listens
 * from {@link #open} on, serves from {@link #start} on; closed once.
 */
final class Edge implements AutoCloseable {

  private static final int REQUEST_HEAD_BYTES = 8192;
  private static final int RESPONSE_BUFFER_BYTES = 32 * 1024;
  private static final int THREADS_FOR_JETTY = 16;
  private static final long STOP_MILLIS = 5_000;

  private final Server server;
  private final ServerConnector connector;
  private final SslContextFactory.Server ssl;
  private final SlowSenders slow;

  private Edge(
      Server server, ServerConnector connector, SslContextFactory.Server ssl, SlowSenders slow) {
    this.server = server;
    this.connector = connector;
    this.ssl = ssl;
    this.slow = slow;
  }

  /** Binds the port, so that the address is known before anything is published. */
  static Edge open(
      HttpSettings settings, SSLContext tls, SSLParameters parameters, Consumer<String> refused) {
    Server server = new Server(threads(settings));
    SslContextFactory.Server ssl = ssl(tls, parameters);
    ServerConnector connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(ssl, HttpVersion.HTTP_1_1.asString()),
            new HttpConnectionFactory(http()));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.idleTimeout().toMillis());
    connector.addBean(new HandshakeLog(refused));
    connector.addBean(new SenderConnections(settings.limits().perSender().connections()));
    SlowSenders slow = new SlowSenders(settings.handshakeTimeout(), settings.idleTimeout());
    connector.addBean(slow);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
    server.setErrorHandler(Edge::answerError);
    server.setStopTimeout(STOP_MILLIS);
    try {
      connector.open();
    } catch (IOException e) {
      throw new EndpointException(
          "cannot listen on " + settings.host() + " port " + settings.port(), e);
    }
    return new Edge(server, connector, ssl, slow);
  }

  /** Has handshakes from now on made with this; connections that are open stay as they are. */
  void renew(SSLContext tls) {
    try {
      ssl.reload(factory -> factory.setSslContext(tls));
    } catch (Exception e) {
      throw new EndpointException("cannot take other keys for TLS", e);
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  void start(Handler inside) {
    server.setHandler(new GracefulHandler(slow.around(inside)));
    try {
      server.start();
      slow.begin(connector.getScheduler());
    } catch (Exception e) {
      throw new EndpointException("cannot start the HTTPS server", e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
      server.stop();
    } catch (Exception e) {
      throw new EndpointException("cannot stop the HTTPS server", e);
    }
  }

  /** What could not be understood as HTTP, or broke: the status, nothing else, and an end. */
  static boolean answerError(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    response.write(true, ByteBuffer.allocate(0), callback);
    return true;
  }

  private static QueuedThreadPool threads(HttpSettings settings) {
    int working = EndpointLimit.of(settings).stream().mapToInt(EndpointLimit::inFlight).sum();
    QueuedThreadPool threads = new QueuedThreadPool(working + THREADS_FOR_JETTY);
    threads.setName("https");
    return threads;
  }

  private static SslContextFactory.Server ssl(SSLContext tls, SSLParameters parameters) {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setSslContext(tls);
    ssl.setNeedClientAuth(true);
    ssl.setExcludeProtocols();
    ssl.setIncludeProtocols(parameters.getProtocols());
    ssl.setExcludeCipherSuites();
    ssl.setIncludeCipherSuites(parameters.getCipherSuites());
    ssl.setUseCipherSuitesOrder(true);
    ssl.setRenegotiationAllowed(false);
    return ssl;
  }

  /** How HTTP is understood: strictly. */
  static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(REQUEST_HEAD_BYTES);
    http.setOutputBufferSize(RESPONSE_BUFFER_BYTES);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setHttpCompliance(HttpCompliance.RFC9110);
    http.setUriCompliance(UriCompliance.RFC3986);
    boolean sniHostCheck = false; // Who calls is known by the client certificate.
    http.addCustomizer(new SecureRequestCustomizer(sniHostCheck));
    return http;
  }
}
