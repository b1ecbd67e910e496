package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that ends by itself at a known moment.
 *
 * @param whose the gateway, a CA, or a partner by its ASID or code
 * @param certificate its fingerprint; empty for a revocation list
 */
public record Expiry(
    String whose, String what, Optional<CertificateFingerprint> certificate, Instant at) {}
