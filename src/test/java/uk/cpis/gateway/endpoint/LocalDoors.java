package uk.cpis.gateway.endpoint;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.LocalConnector.LocalEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.security.Freshness;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.security.RegisteredCertificates;
import uk.cpis.gateway.security.ServerSecurity;
import uk.cpis.gateway.security.SignerTrust;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestServices;
import uk.cpis.gateway.testing.TestSystem;
import uk.cpis.gateway.wire.PageTokens;

/**
 * The whole edge and what stands behind it, a store included, in front of which bytes are laid
 * without a socket. Its clock stands still, so that what was fresh once is fresh for ever; who is
 * at the other end of the connection is said beside the bytes. For one thread.
 */
public final class LocalDoors implements AutoCloseable {

  /** By what address messages are sent to it, without a path. */
  public static final String ADDRESS = "https://localhost:8443";

  /** So that what was kept is not refused for its age before anything else is looked at. */
  private static final Freshness LONG_LIVED =
      new Freshness(Duration.ofDays(36_500), Duration.ofDays(3_650));

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<TestSystem> SYSTEMS =
      List.of(
          TestSystem.homerton(),
          TestSystem.nhs111(),
          TestSystem.towerHamlets(),
          TestSystem.hackney());

  private final TestServices services;
  private final Server server = new Server();
  private final LocalConnector connector;
  private volatile TestSystem peer = TestSystem.homerton();

  private LocalDoors(Path folder) throws Exception {
    services = TestServices.open(folder);
    HttpConfiguration http = Edge.http();
    http.getCustomizers().clear();
    connector = new LocalConnector(server, new HttpConnectionFactory(http));
    server.addConnector(connector);
    server.setErrorHandler(Edge::answerError);
    server.setHandler(
        new Handler.Wrapper(
            Endpoints.handler(
                settings(), List.of(URI.create(ADDRESS)), identity(), services(), records())) {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            request.setAttribute(SslSessionData.ATTRIBUTE, session());
            return super.handle(request, response, callback);
          }
        });
    server.start();
  }

  /** Opens them in this folder. */
  public static LocalDoors open(Path folder) {
    try {
      return new LocalDoors(folder);
    } catch (Exception e) {
      throw new IllegalStateException("cannot open the doors", e);
    }
  }

  /** What these bytes are answered with, until the connection is closed. */
  public byte[] exchange(TestSystem from, byte[] bytes) {
    peer = from;
    LocalEndPoint connection = connector.connect();
    connection.addInput(ByteBuffer.wrap(bytes));
    connection.addInputEOF();
    connection.waitUntilClosedOrIdleFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (connection.isOpen()) {
      connection.close();
      throw new IllegalStateException("a connection is kept open");
    }
    ByteBuffer answer = connection.takeOutput();
    byte[] taken = new byte[answer == null ? 0 : answer.remaining()];
    if (answer != null) {
      answer.get(taken);
    }
    return taken;
  }

  /** The moment at which all this happens. */
  public Instant now() {
    return services.clock().instant();
  }

  /** The verifier that stands at the doors. */
  public MessageVerifier verifier(ParserLimits limits) {
    CertificatePaths paths = TestCertificates.paths();
    SignerTrust today = SignerTrust.of(paths);
    return new MessageVerifier(
        limits,
        LONG_LIVED,
        (certificate, at) -> today.judge(certificate, Instant.now()),
        RegisteredCertificates.of(
            SYSTEMS.stream().map(each -> each.signing().certificate()).toList()),
        services.clock());
  }

  private SslSessionData session() {
    return SslSessionData.from(null, "", "none", new X509Certificate[] {peer.tls().certificate()});
  }

  private static HttpSettings settings() {
    return new HttpSettings(
        "127.0.0.1",
        0,
        List.of(),
        new HttpSettings.Limits(50, 16, 8, new HttpSettings.PerSender(50, 8, 1_000_000)),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10));
  }

  private Endpoints.Identity identity() {
    TlsEndpoint tls =
        TlsEndpoint.server(
            OpenDoors.gateway("tls-server"),
            TestCertificates.paths(),
            services.clock(),
            refused -> {});
    return new Endpoints.Identity(
        TestSystem.GATEWAY,
        tls.context(),
        tls.parameters(),
        (addresses, limits, refusals) ->
            new ServerSecurity(
                addresses,
                verifier(limits),
                new MessageSigner(services.clock(), Duration.ofMinutes(5)),
                kind -> key(kind == SignatureKind.RSA ? "signing-rsa" : "signing-ec"),
                LocalDoors::find,
                refusals),
        (transport, signing, claimed) -> "no system of the test",
        certificate -> false,
        new PageTokens(new byte[32]));
  }

  private static KeyMaterial key(String name) {
    return TestCertificates.all().of(Group.GATEWAY, name).keyMaterial();
  }

  private static RefusalRecords records() {
    return new RefusalRecords(
        (message, sender, reason) -> {}, note -> {}, (certificate, cause) -> {});
  }

  private static Optional<AccreditedSystem> find(
      CertificateFingerprint transport, CertificateFingerprint signing, Asid claimed) {
    return SYSTEMS.stream()
        .filter(each -> each.tls().fingerprint().equals(transport))
        .filter(each -> each.signing().fingerprint().equals(signing))
        .map(TestSystem::system)
        .filter(system -> system.asid().equals(claimed))
        .findFirst();
  }

  private Services services() {
    return new Services(
        services.queries()::answer,
        services.submissions(services.register())::accept,
        services.holdings()::page,
        services.history()::show,
        services.mailbox()::collect,
        services.mailbox()::acknowledge);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("cannot stop", e);
    } finally {
      services.close();
    }
  }
}
