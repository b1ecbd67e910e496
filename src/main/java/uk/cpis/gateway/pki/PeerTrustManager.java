package uk.cpis.gateway.pki;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import uk.cpis.gateway.pki.CertificateVerdict.Refused;

/**
 * Lets a TLS peer in when {@link CertificatePaths} trusts its certificate and the JDK's own check
 * (host name, algorithms) agrees, and, of a server, when it is registered for where it was called.
 * Refusals are told with their reason; the peer gets an alert only.
 */
final class PeerTrustManager extends X509ExtendedTrustManager {
  private final CertificatePaths paths;
  private final X509ExtendedTrustManager platform;
  private final ServerRegistration registration;
  private final InstantSource clock;
  private final Consumer<Refused> refusals;

  PeerTrustManager(
      CertificatePaths paths,
      X509ExtendedTrustManager platform,
      ServerRegistration registration,
      InstantSource clock,
      Consumer<Refused> refusals) {
    this.paths = paths;
    this.platform = platform;
    this.registration = registration;
    this.clock = clock;
    this.refusals = refusals;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    mustBeTrusted(chain, CertificatePurpose.TLS_CLIENT);
    platform.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    mustBeTrusted(chain, CertificatePurpose.TLS_CLIENT);
    platform.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    mustBeTrusted(chain, CertificatePurpose.TLS_CLIENT);
    platform.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    mustBeTrusted(chain, CertificatePurpose.TLS_SERVER);
    platform.checkServerTrusted(chain, authType, engine);
    mustBeRegistered(engine.getPeerHost(), engine.getPeerPort(), chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    mustBeTrusted(chain, CertificatePurpose.TLS_SERVER);
    platform.checkServerTrusted(chain, authType, socket);
    SSLSession session = ((SSLSocket) socket).getHandshakeSession();
    mustBeRegistered(session.getPeerHost(), session.getPeerPort(), chain[0]);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    mustBeTrusted(chain, CertificatePurpose.TLS_SERVER);
    platform.checkServerTrusted(chain, authType);
    mustBeRegistered("", 0, chain[0]);
  }

  /** Issuing CAs too: some clients offer a certificate only when its direct issuer is named. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return paths.trust().all().toArray(X509Certificate[]::new);
  }

  private void mustBeTrusted(X509Certificate[] chain, CertificatePurpose purpose)
      throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("the peer has no certificate");
    }
    if (paths.check(chain[0], purpose, clock.instant()) instanceof Refused refused) {
      throw told(refused);
    }
  }

  private void mustBeRegistered(String host, int port, X509Certificate server)
      throws CertificateException {
    if (!registration.isRegistered(host, port, CertificateFingerprints.of(server))) {
      throw told(
          new Refused(
              CertificateFault.NOT_REGISTERED,
              server,
              "a certificate registered for " + host + " port " + port,
              "another one"));
    }
  }

  private CertificateException told(Refused refused) {
    refusals.accept(refused);
    return new CertificateException(refused.explanation());
  }
}
