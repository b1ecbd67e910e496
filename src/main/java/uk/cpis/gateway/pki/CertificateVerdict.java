package uk.cpis.gateway.pki;

import java.security.cert.X509Certificate;
import java.util.List;

/** What {@link CertificatePaths} says of a certificate. */
public sealed interface CertificateVerdict {
  /**
   * The certificate may be used: its path from itself upwards, and the anchor above.
   *
   * @param revocationKnown false where it passes for a while though a list is missing or has ended
   */
  record Trusted(List<X509Certificate> path, X509Certificate anchor, boolean revocationKnown)
      implements CertificateVerdict {
    public Trusted {
      path = List.copyOf(path);
    }

    /** Judged by current lists. */
    public Trusted(List<X509Certificate> path, X509Certificate anchor) {
      this(path, anchor, true);
    }
  }

  /**
   * The certificate may not be used.
   *
   * @param certificate the one at fault: the leaf or one above it
   */
  record Refused(CertificateFault fault, X509Certificate certificate, String expected, String found)
      implements CertificateVerdict {
    /** For the operator, in one line; never for the caller. */
    public String explanation() {
      return "%s: expected %s, found %s; certificate %s; remedy: %s"
          .formatted(fault, expected, found, Described.shown(certificate), fault.remedy());
    }

    @Override
    public String toString() {
      return "Refused[" + explanation() + "]";
    }
  }
}
