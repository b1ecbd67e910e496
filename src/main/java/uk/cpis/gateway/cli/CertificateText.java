package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.util.Collection;
import uk.cpis.gateway.directory.RegisteredCertificate;

/** Puts the registered certificates of a partner into lines for people. */
final class CertificateText {

  private CertificateText() {}

  static void print(
      Collection<RegisteredCertificate> transport,
      Collection<RegisteredCertificate> signing,
      PrintWriter out) {
    transport.forEach(each -> print("TLS    ", each, out));
    signing.forEach(each -> print("signing", each, out));
  }

  private static void print(String use, RegisteredCertificate certificate, PrintWriter out) {
    out.printf(
        "  %s %s ends %s%s%n",
        use,
        certificate.fingerprint(),
        certificate.certificate().getNotAfter().toInstant(),
        certificate.validity());
  }
}
