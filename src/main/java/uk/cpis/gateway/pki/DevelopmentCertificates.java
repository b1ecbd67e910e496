package uk.cpis.gateway.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;

/** Finds what a development PKI consists of, by group and name. Reads files at each call. */
public record DevelopmentCertificates(Path directory) {

  /** The certificate of this name, for instance of the clinical system "homerton-ed-tls". */
  public DevelopmentCertificate of(Group group, String name) {
    if (!DevelopmentCertificate.present(directory, group, name)) {
      throw new KeyMaterialException(
          "no certificate " + name + " in " + group.under(directory) + ": make the PKI first");
    }
    return DevelopmentCertificate.read(directory, group, name);
  }

  /** All certificates of a group, by name. */
  public List<DevelopmentCertificate> of(Group group) {
    Path folder = group.under(directory);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".p12"))
          .sorted()
          .map(name -> of(group, name.substring(0, name.length() - ".p12".length())))
          .toList();
    } catch (IOException e) {
      throw new KeyMaterialException("cannot list " + folder + ": make the PKI first", e);
    }
  }

  /** What an authority's system uses on both sides of TLS. */
  public DevelopmentCertificate authorityTls(OdsCode authority) {
    return of(Group.AUTHORITY, authority.value().toLowerCase(Locale.ROOT) + "-tls");
  }

  /** What an authority's system signs with. */
  public DevelopmentCertificate authoritySigning(OdsCode authority) {
    return of(Group.AUTHORITY, authority.value().toLowerCase(Locale.ROOT) + "-signing");
  }

  /** The password of all PKCS#12 files. */
  public char[] password() {
    Path file = passwordFile();
    try {
      return Files.readString(file).strip().toCharArray();
    } catch (IOException e) {
      throw new KeyMaterialException("cannot read the password in " + file, e);
    }
  }

  public Path passwordFile() {
    return directory.resolve("password.txt");
  }

  /** The anchor, PEM. */
  public Path root() {
    return ca().resolve("root.pem");
  }

  /** The CA that issued everything else, PEM. */
  public Path issuing() {
    return ca().resolve("issuing.pem");
  }

  /** Both CAs as a PKCS#12 trust store. */
  public Path trustStore() {
    return ca().resolve("trust.p12");
  }

  /** Writes both CAs to another trust store, under another password. */
  public void copyTrustStore(Path pkcs12, char[] password) {
    OwnerOnly.folder(pkcs12.toAbsolutePath().getParent());
    OwnerOnly.write(pkcs12, Pkcs12.write(Pkcs12.of(cas()), password));
  }

  private List<X509Certificate> cas() {
    try {
      return Pkcs12.trusted(Pkcs12.read(trustStore(), password()));
    } catch (KeyStoreException e) {
      throw new KeyMaterialException("cannot read the CAs in " + trustStore(), e);
    }
  }

  /** The folder that holds both CAs and their revocation lists. */
  public Path ca() {
    return directory.resolve("ca");
  }

  /** Judges certificates by the CAs and revocation lists made here. */
  public CertificatePaths paths() {
    return new CertificatePaths(trustAnchors(), crls());
  }

  public TrustAnchors trustAnchors() {
    return TrustAnchors.fromPem(List.of(root()), List.of(issuing()));
  }

  public Crls crls() {
    return Crls.load(List.of(ca()));
  }
}
