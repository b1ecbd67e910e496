package uk.cpis.gateway.pki;

import java.security.cert.X509Certificate;
import java.util.List;

/** What {@link CertificatePaths} says of a certificate. */
public sealed interface CertificateVerdict {
  /** The certificate may be used: its path from itself upwards, and the anchor above. */
  record Trusted(List<X509Certificate> path, X509Certificate anchor) implements CertificateVerdict {
    public Trusted {
      path = List.copyOf(path);
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
          .formatted(fault, expected, found, Described.of(certificate), fault.remedy());
    }

    @Override
    public String toString() {
      return "Refused[" + explanation() + "]";
    }
  }
}
