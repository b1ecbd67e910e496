package uk.cpis.gateway.endpoint;

import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;

/** Says to the operator in what the three things that must agree on one system disagree. */
@FunctionalInterface
public interface Disagreement {

  /** Whose each of the three is; names systems by their ASIDs and no more. */
  String of(CertificateFingerprint transport, CertificateFingerprint signing, Asid claimed);
}
