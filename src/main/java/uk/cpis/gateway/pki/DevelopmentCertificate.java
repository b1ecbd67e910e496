package uk.cpis.gateway.pki;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.CertificateFingerprint;

/** One certificate of the development PKI, with its files. */
public record DevelopmentCertificate(
    Group group, String name, X509Certificate certificate, Path folder) {

  /** For whom a certificate is made; each has a folder of its own. */
  public enum Group {
    GATEWAY("gateway"),
    CLINICAL("clinical"),
    AUTHORITY("la"),
    BAD("bad");

    private final String folder;

    Group(String folder) {
      this.folder = folder;
    }

    Path under(Path directory) {
      return directory.resolve(folder);
    }
  }

  static DevelopmentCertificate read(Path directory, Group group, String name) {
    Path folder = group.under(directory);
    X509Certificate certificate = Pem.certificates(chain(folder, name)).get(0);
    return new DevelopmentCertificate(group, name, certificate, folder);
  }

  static boolean present(Path directory, Group group, String name) {
    Path folder = group.under(directory);
    return Stream.of(chain(folder, name), privateKey(folder, name), pkcs12(folder, name))
        .allMatch(Files::exists);
  }

  public CertificateFingerprint fingerprint() {
    return CertificateFingerprints.of(certificate);
  }

  /** The key and the chain, read from the PEM files. */
  public KeyMaterial keyMaterial() {
    return KeyMaterial.fromPem(chain(), privateKey());
  }

  /** Key and chain in one file; the password is the PKI's, the alias is the name. */
  public Path pkcs12() {
    return pkcs12(folder, name);
  }

  /** The certificate and the issuing CA's, PEM. */
  public Path chain() {
    return chain(folder, name);
  }

  /** PKCS#8 in PEM, not encrypted. */
  public Path privateKey() {
    return privateKey(folder, name);
  }

  /**
   * Writes key and chain to another PKCS#12 file, under another password and the same alias, for
   * tools that must know the password beforehand. Refuses every key but a development PKI's.
   */
  public void copy(Path pkcs12, char[] password) {
    if (!DevelopmentPki.made(certificate)) {
      throw new KeyMaterialException("not of a development PKI, so not copied: " + name);
    }
    OwnerOnly.folder(pkcs12.toAbsolutePath().getParent());
    OwnerOnly.write(pkcs12, Pkcs12.write(Pkcs12.of(name, keyMaterial(), password), password));
  }

  static Path pkcs12(Path folder, String name) {
    return folder.resolve(name + ".p12");
  }

  static Path chain(Path folder, String name) {
    return folder.resolve(name + ".pem");
  }

  static Path privateKey(Path folder, String name) {
    return folder.resolve(name + ".key.pem");
  }
}
