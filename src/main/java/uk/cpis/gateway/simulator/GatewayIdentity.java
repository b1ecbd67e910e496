package uk.cpis.gateway.simulator;

import java.util.Set;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;

/** The gateway as its partners know it: its ASID and the certificates it signs with. */
public record GatewayIdentity(Asid asid, Set<CertificateFingerprint> signingCertificates) {

  /** Copies the set. */
  public GatewayIdentity {
    signingCertificates = Set.copyOf(signingCertificates);
  }
}
