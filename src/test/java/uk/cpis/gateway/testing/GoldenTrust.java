package uk.cpis.gateway.testing;

import static uk.cpis.gateway.testing.GoldenMessage.beside;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.Crls;
import uk.cpis.gateway.pki.TrustAnchors;

/**
 * The certificates that the golden messages are verified by, as they were when the messages were
 * made: of a development PKI whose keys were thrown away.
 */
public final class GoldenTrust {
  private GoldenTrust() {}

  public static CertificatePaths paths() {
    return new CertificatePaths(
        TrustAnchors.fromPem(
            List.of(beside("trust/root.crt")), List.of(beside("trust/issuing.crt"))),
        Crls.load(List.of(beside("trust/root.crl"), beside("trust/issuing.crl"))));
  }

  /** What was registered when the messages were made. */
  public static List<X509Certificate> registered() {
    try (Stream<Path> files = Files.list(beside("registered"))) {
      return files.map(GoldenTrust::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static X509Certificate read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException | CertificateException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }
}
