/**
 * Certificates and keys: reading them, judging certificates for a purpose, TLS contexts, and making
 * a development PKI. Floor 1.
 *
 * <p>Judging is pure: anchors, revocation lists and the moment are given, nothing is fetched from
 * anywhere and no clock is read. All public types are immutable and safe to share between threads,
 * except {@link uk.cpis.gateway.pki.DevelopmentPki}, which writes files. The package must know
 * nothing of web services, the store, or who is registered.
 */
@NullMarked
package uk.cpis.gateway.pki;

import org.jspecify.annotations.NullMarked;
