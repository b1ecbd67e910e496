package uk.cpis.gateway.pki;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import uk.cpis.gateway.pki.CertificateVerdict.Refused;

/**
 * Lets a TLS peer in when {@link CertificatePaths} trusts its certificate and the JDK's own check
 * (host name, algorithms) agrees. Refusals are told with their reason; the peer gets an alert only.
 */
final class PeerTrustManager extends X509ExtendedTrustManager {
  private final CertificatePaths paths;
  private final X509ExtendedTrustManager platform;
  private final InstantSource clock;
  private final Consumer<Refused> refusals;

  PeerTrustManager(
      CertificatePaths paths,
      X509ExtendedTrustManager platform,
      InstantSource clock,
      Consumer<Refused> refusals) {
    this.paths = paths;
    this.platform = platform;
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
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    mustBeTrusted(chain, CertificatePurpose.TLS_SERVER);
    platform.checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    mustBeTrusted(chain, CertificatePurpose.TLS_SERVER);
    platform.checkServerTrusted(chain, authType);
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
      refusals.accept(refused);
      throw new CertificateException(refused.explanation());
    }
  }
}
