package uk.cpis.gateway.pki;

import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate in words for the operator.
 *
 * <p>Names come from strangers, so what cannot be printed is replaced and the length is bounded: a
 * log line stays one line.
 */
final class Described {
  private static final int LONGEST_NAME = 160;

  private Described() {}

  static String of(X509Certificate certificate) {
    return "serial "
        + certificate.getSerialNumber().toString(16)
        + " of "
        + name(certificate.getSubjectX500Principal())
        + ", issued by "
        + name(certificate.getIssuerX500Principal())
        + ", valid from "
        + certificate.getNotBefore().toInstant()
        + " to "
        + certificate.getNotAfter().toInstant();
  }

  static String name(X500Principal principal) {
    String printable = principal.getName().replaceAll("[^\\p{Print}]", "?");
    return printable.length() <= LONGEST_NAME
        ? printable
        : printable.substring(0, LONGEST_NAME) + "...";
  }
}
