package uk.cpis.gateway.pki;

import uk.cpis.gateway.domain.CertificateFingerprint;

/**
 * Says whether a server's trusted certificate is one registered for the host and port called. It is
 * asked during the handshake, so that nothing is sent to another server. Must be safe for threads.
 */
@FunctionalInterface
public interface ServerRegistration {
  boolean isRegistered(String host, int port, CertificateFingerprint certificate);
}
