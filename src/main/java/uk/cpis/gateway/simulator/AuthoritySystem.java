package uk.cpis.gateway.simulator;

import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.pki.KeyMaterial;

/**
 * An authority's own social care system: its ASID, what it shows on both sides of TLS, and what it
 * signs with.
 */
public record AuthoritySystem(
    LocalAuthority authority, Asid asid, KeyMaterial tls, KeyMaterial signing) {}
