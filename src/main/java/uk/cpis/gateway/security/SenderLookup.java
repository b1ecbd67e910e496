package uk.cpis.gateway.security;

import java.util.Optional;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;

/** Finds the one registered system on which both certificates and the claimed ASID agree. */
@FunctionalInterface
public interface SenderLookup {

  Optional<AccreditedSystem> find(
      CertificateFingerprint transport, CertificateFingerprint signing, Asid claimed);
}
