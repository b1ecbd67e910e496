package uk.cpis.gateway.outbound;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.OdsCode;

/**
 * Which certificates the servers of the authorities may show, by host and port, since that is all a
 * TLS handshake knows. Authorities whose systems share one server share its certificates. Safe to
 * share between threads.
 */
public final class RegisteredServers {
  private static final int HTTPS = 443;

  private final Map<String, Map<OdsCode, Set<CertificateFingerprint>>> byServer =
      new ConcurrentHashMap<>();

  /** Whether a certificate is registered for an authority whose system is at this host and port. */
  public boolean isRegistered(String host, int port, CertificateFingerprint certificate) {
    return byServer.getOrDefault(server(host, port), Map.of()).values().stream()
        .anyMatch(certificates -> certificates.contains(certificate));
  }

  /** Takes the authority's registration as it is now. */
  void expect(OdsCode authority, AuthorityEndpoint endpoint) {
    URI address = endpoint.address();
    int port = address.getPort() < 0 ? HTTPS : address.getPort();
    byServer
        .computeIfAbsent(server(address.getHost(), port), server -> new ConcurrentHashMap<>())
        .put(authority, endpoint.tlsCertificates());
  }

  private static String server(String host, int port) {
    return host.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT) + " " + port;
  }
}
