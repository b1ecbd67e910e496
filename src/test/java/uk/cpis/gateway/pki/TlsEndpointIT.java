package uk.cpis.gateway.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.CertificateVerdict.Refused;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.testing.TestCertificates;

/** Mutual TLS over loopback: one connection each, one byte each way. */
@Timeout(180)
class TlsEndpointIT {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final OdsCode AUTHORITY = new OdsCode("BIR");

  private static final DevelopmentCertificates MADE = TestCertificates.all();
  private static final CertificatePaths PEERS = TestCertificates.paths();

  private final BlockingQueue<Refused> refusals = new LinkedBlockingQueue<>();
  private SSLServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = listen(MADE.of(Group.GATEWAY, "tls-server"));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, homerton-ed-tls",
    "TLSv1.3, homerton-ed-tls",
    "TLSv1.2, nhs111-tls",
    "TLSv1.3, nhs111-tls",
    "TLSv1.3, gp"
  })
  void letsInARegisteredSystem(String protocol, String name) throws Exception {
    CompletableFuture<X509Certificate> seen = accept();

    talk(client(MADE.of(Group.CLINICAL, name)), "localhost", protocol);

    assertThat(seen.get()).isEqualTo(MADE.of(Group.CLINICAL, name).certificate());
    assertThat(refusals).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, revoked, REVOKED",
    "TLSv1.3, revoked, REVOKED",
    "TLSv1.2, expired, EXPIRED",
    "TLSv1.3, expired, EXPIRED",
    "TLSv1.2, unknown-ca, UNKNOWN_ISSUER",
    "TLSv1.3, unknown-ca, UNKNOWN_ISSUER",
    "TLSv1.3, not-yet-valid, NOT_YET_VALID",
    "TLSv1.3, server-only, WRONG_PURPOSE",
    "TLSv1.2, weak-key, WEAK_KEY",
    "TLSv1.3, sha1, WEAK_SIGNATURE"
  })
  void keepsOutABadCertificateAndSaysWhy(String protocol, String name, CertificateFault fault)
      throws Exception {
    CompletableFuture<X509Certificate> seen = accept();

    assertThatThrownBy(() -> talk(client(MADE.of(Group.BAD, name)), "localhost", protocol))
        .isInstanceOf(IOException.class);

    assertThat(refusals.poll(60, TimeUnit.SECONDS).fault()).isEqualTo(fault);
    assertThatThrownBy(seen::get).isInstanceOf(ExecutionException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void keepsOutACallerWithoutACertificate(String protocol) throws Exception {
    CompletableFuture<X509Certificate> seen = accept();
    SSLContext anonymous = SSLContext.getInstance("TLS");
    anonymous.init(null, ourCas(), null);

    assertThatThrownBy(() -> talk(anonymous, new SSLParameters(), "localhost", protocol))
        .isInstanceOf(IOException.class);

    assertThatThrownBy(seen::get).isInstanceOf(ExecutionException.class);
  }

  @Test
  void offersTwoProtocolsAndForwardSecretAuthenticatedCiphersOnly() {
    assertThat(server.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    assertThat(server.getEnabledCipherSuites())
        .isNotEmpty()
        .allMatch(suite -> suite.matches("TLS_(ECDHE_(RSA|ECDSA)_WITH_)?(AES|CHACHA20).*"))
        .allMatch(suite -> suite.contains("_GCM_") || suite.contains("_POLY1305_"));
  }

  @Test
  void callsAnAuthorityThatNamesTheHost() throws Exception {
    server.close();
    server = listen(MADE.authorityTls(AUTHORITY));
    CompletableFuture<X509Certificate> seen = accept();

    talk(client(MADE.of(Group.GATEWAY, "tls-client")), "127.0.0.1", "TLSv1.3");

    assertThat(seen.get()).isEqualTo(MADE.of(Group.GATEWAY, "tls-client").certificate());
  }

  @Test
  void doesNotTalkToAServerOfAnotherName() {
    accept();

    assertThatThrownBy(
            () -> talk(client(MADE.of(Group.CLINICAL, "gp")), "la.example.org", "TLSv1.3"))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("la.example.org");
  }

  @Test
  void doesNotTalkToAServerWithAClientsCertificate() throws Exception {
    server.close();
    server = listen(MADE.of(Group.CLINICAL, "homerton-ed-tls"));
    accept();

    assertThatThrownBy(
            () -> talk(client(MADE.of(Group.GATEWAY, "tls-client")), "localhost", "TLSv1.3"))
        .isInstanceOf(SSLException.class);

    assertThat(refusals.poll(60, TimeUnit.SECONDS).fault())
        .isEqualTo(CertificateFault.WRONG_PURPOSE);
  }

  private SSLServerSocket listen(DevelopmentCertificate own) throws IOException {
    TlsEndpoint tls = TlsEndpoint.server(own.keyMaterial(), PEERS, CLOCK, refusals::add);
    SSLServerSocket socket =
        (SSLServerSocket)
            tls.context()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    socket.setSSLParameters(tls.parameters());
    return socket;
  }

  /** Takes one connection, exchanges a byte, and tells whose certificate it was. */
  private CompletableFuture<X509Certificate> accept() {
    SSLServerSocket listening = server;
    return CompletableFuture.supplyAsync(
        () -> {
          try (SSLSocket socket = (SSLSocket) listening.accept()) {
            socket.getOutputStream().write(socket.getInputStream().read());
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private TlsEndpoint client(DevelopmentCertificate own) {
    return TlsEndpoint.client(own.keyMaterial(), PEERS, CLOCK, refusals::add);
  }

  private void talk(TlsEndpoint tls, String host, String protocol) throws IOException {
    talk(tls.context(), tls.parameters(), host, protocol);
  }

  private void talk(SSLContext context, SSLParameters parameters, String host, String protocol)
      throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true)) {
      parameters.setProtocols(new String[] {protocol});
      socket.setSSLParameters(parameters);
      socket.getOutputStream().write(42);
      int answer = socket.getInputStream().read();
      if (answer != 42) {
        throw new EOFException("answered with " + answer);
      }
      assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
    }
  }

  private static TrustManager[] ourCas() throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(Pkcs12.read(MADE.trustStore(), MADE.password()));
    return factory.getTrustManagers();
  }
}
