package uk.cpis.gateway.pki;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import uk.cpis.gateway.pki.CertificateVerdict.Refused;

/**
 * One side of mutual TLS: its keys, whom it believes, and the protocol versions and ciphers (1.2
 * and 1.3, forward secret and authenticated only).
 *
 * <p>Both the context and the parameters must be given to the server or client: a context alone
 * cannot narrow protocols, ask for client certificates or check host names. TLS runs on the clock
 * given here, which should be the system's. Safe for threads.
 */
public final class TlsEndpoint {
  /** A revoked peer cannot resume an earlier session for longer than this. */
  private static final int SESSION_SECONDS = 600;

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] CIPHER_SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  };

  private static final ServerRegistration ANY_SERVER = (host, port, certificate) -> true;

  private final SSLContext context;
  private final boolean server;

  private TlsEndpoint(SSLContext context, boolean server) {
    this.context = context;
    this.server = server;
  }

  /** The called side; clients must show a trusted certificate. */
  public static TlsEndpoint server(
      KeyMaterial keys, CertificatePaths peers, InstantSource clock, Consumer<Refused> refusals) {
    return new TlsEndpoint(context(keys, peers, ANY_SERVER, clock, refusals), true);
  }

  /** The calling side; the server's certificate must be trusted and name the host called. */
  public static TlsEndpoint client(
      KeyMaterial keys, CertificatePaths peers, InstantSource clock, Consumer<Refused> refusals) {
    return new TlsEndpoint(context(keys, peers, ANY_SERVER, clock, refusals), false);
  }

  /** The calling side that speaks only to servers whose very certificate is registered. */
  public static TlsEndpoint client(
      KeyMaterial keys,
      CertificatePaths peers,
      ServerRegistration registration,
      InstantSource clock,
      Consumer<Refused> refusals) {
    return new TlsEndpoint(context(keys, peers, registration, clock, refusals), false);
  }

  /**
   * The calling side without a certificate of its own, towards a public service. It believes these
   * roots, or those of the platform where none are given; such roots publish no revocation lists
   * that a gateway could keep, so none are looked at.
   */
  public static TlsEndpoint withoutCertificate(Collection<Path> roots) {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(roots.isEmpty() ? null : Pkcs12.of(trusted(roots)));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), new SecureRandom());
      context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
      return new TlsEndpoint(context, false);
    } catch (GeneralSecurityException e) {
      throw new KeyMaterialException("cannot set up TLS with the roots of " + roots, e);
    }
  }

  private static List<X509Certificate> trusted(Collection<Path> roots) {
    return roots.stream().map(Pem::certificates).flatMap(List::stream).toList();
  }

  public SSLContext context() {
    return context;
  }

  /** Protocols, ciphers, and what is asked of the peer; a new object each time. */
  public SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters(CIPHER_SUITES.clone(), PROTOCOLS.clone());
    if (server) {
      parameters.setNeedClientAuth(true);
      parameters.setUseCipherSuitesOrder(true);
    } else {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    return parameters;
  }

  private static SSLContext context(
      KeyMaterial keys,
      CertificatePaths peers,
      ServerRegistration registration,
      InstantSource clock,
      Consumer<Refused> refusals) {
    try {
      TrustManager trust =
          new PeerTrustManager(peers, platformTrust(peers), registration, clock, refusals);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(keys), new TrustManager[] {trust}, new SecureRandom());
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new KeyMaterialException("cannot set up TLS with " + keys, e);
    }
  }

  private static KeyManager[] keyManagers(KeyMaterial keys) throws GeneralSecurityException {
    char[] inMemoryOnly = new char[0];
    KeyStore store = Pkcs12.inMemory("own", keys, inMemoryOnly);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, inMemoryOnly);
    return factory.getKeyManagers();
  }

  /** Revocation is off here because {@link CertificatePaths} has looked already. */
  private static X509ExtendedTrustManager platformTrust(CertificatePaths peers)
      throws GeneralSecurityException {
    TrustAnchors trust = peers.trust();
    PKIXBuilderParameters rules =
        new PKIXBuilderParameters(
            trust.anchors().stream()
                .map(anchor -> new TrustAnchor(anchor, null))
                .collect(Collectors.toSet()),
            null);
    rules.setRevocationEnabled(false);
    rules.addCertStore(
        CertStore.getInstance(
            "Collection", new CollectionCertStoreParameters(trust.intermediates())));
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(rules));
    return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
  }
}
