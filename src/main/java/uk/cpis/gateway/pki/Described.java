package uk.cpis.gateway.pki;

import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate in words for the operator: with its names where it is the gateway's own or of its
 * configuration, without them where a stranger showed it, who may write there whatever he likes.
 *
 * <p>What cannot be printed is replaced and the length is bounded: a log line stays one line.
 */
final class Described {
  private static final int LONGEST_NAME = 160;
  private static final int LONGEST_SERIAL = 41;

  private Described() {}

  /** One that somebody showed: by what it is registered under, without its names. */
  static String shown(X509Certificate certificate) {
    return "serial "
        + serial(certificate)
        + ", SHA-256 "
        + CertificateFingerprints.of(certificate)
        + ", valid from "
        + certificate.getNotBefore().toInstant()
        + " to "
        + certificate.getNotAfter().toInstant();
  }

  static String of(X509Certificate certificate) {
    return "serial "
        + serial(certificate)
        + " of "
        + name(certificate.getSubjectX500Principal())
        + ", issued by "
        + name(certificate.getIssuerX500Principal())
        + ", valid from "
        + certificate.getNotBefore().toInstant()
        + " to "
        + certificate.getNotAfter().toInstant();
  }

  /** RFC 5280 allows twenty bytes; a stranger may send any number. */
  private static String serial(X509Certificate certificate) {
    String hex = certificate.getSerialNumber().toString(16);
    return hex.length() <= LONGEST_SERIAL ? hex : hex.substring(0, LONGEST_SERIAL) + "...";
  }

  static String name(X500Principal principal) {
    String printable = principal.getName().replaceAll("[^\\p{Print}]", "?");
    return printable.length() <= LONGEST_NAME
        ? printable
        : printable.substring(0, LONGEST_NAME) + "...";
  }
}
