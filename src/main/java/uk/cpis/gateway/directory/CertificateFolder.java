package uk.cpis.gateway.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import uk.cpis.gateway.pki.CertificateFingerprints;

/** The folder of registered certificates: one PEM file each. */
final class CertificateFolder {

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final Path folder;

  CertificateFolder(Path folder) {
    this.folder = folder;
  }

  /** The certificate in the file of this name; refuses a name that leads elsewhere. */
  X509Certificate read(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("not the name of a file");
    }
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException | CertificateException unreadable) {
      throw new IllegalArgumentException("not a readable certificate", unreadable);
    }
  }

  /** Writes the certificate under its fingerprint, where it is not yet; the name of its file. */
  String write(X509Certificate certificate) {
    String name = CertificateFingerprints.of(certificate).hex() + ".pem";
    String text =
        "-----BEGIN CERTIFICATE-----\n"
            + LINES.encodeToString(encoded(certificate))
            + "\n-----END CERTIFICATE-----\n";
    try {
      new Replacing(folder.toAbsolutePath().getParent())
          .with(folder.resolve(name), unfinished -> Files.writeString(unfinished, text));
    } catch (IOException unwritable) {
      throw new RegistrationException("writing the certificate " + name, unwritable);
    }
    return name;
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException impossible) {
      throw new IllegalStateException("a certificate that was read has a form", impossible);
    }
  }
}
