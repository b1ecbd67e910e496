package uk.cpis.gateway.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Certificate revocation lists, from files only.
 *
 * <p>Lists that are weakly signed, partial (with critical extensions) or without an end are refused
 * when read: half a revocation list would let half of the revoked pass.
 */
public record Crls(List<X509CRL> lists) {
  /** No list at all. */
  public static final Crls NONE = new Crls(List.of());

  public Crls {
    lists = List.copyOf(lists);
    lists.forEach(Crls::mustBeComplete);
  }

  /** Reads files (PEM or DER) and folders, of which each file with the ending {@code .crl}. */
  public static Crls load(Collection<Path> filesAndFolders) {
    return new Crls(filesAndFolders.stream().flatMap(Crls::files).map(Pem::crl).toList());
  }

  /** Reads one list, PEM or DER, and holds it to the same. */
  public static Crls parse(byte[] content) {
    try {
      return new Crls(List.of((X509CRL) Pem.x509().generateCRL(new ByteArrayInputStream(content))));
    } catch (CRLException e) {
      throw new KeyMaterialException("not a certificate revocation list", e);
    }
  }

  /**
   * Throws unless each is signed by one of these CAs, by the one that signed those before, and is
   * no older than they are; those before by nobody who is believed do not count.
   */
  public void mustSucceed(Crls before, TrustAnchors trust) {
    for (X509CRL list : lists) {
      X509Certificate ca =
          signer(list, trust)
              .orElseThrow(
                  () -> new KeyMaterialException("is not signed by any CA that is believed"));
      for (X509CRL copy : before.lists) {
        if (signer(copy, trust).isEmpty()) {
          continue;
        }
        if (!Revocation.signed(ca, copy)) {
          throw new KeyMaterialException("is of another CA than the copy that there is");
        }
        if (list.getThisUpdate().before(copy.getThisUpdate())) {
          throw new KeyMaterialException("is older than the copy that there is");
        }
      }
    }
  }

  private static Optional<X509Certificate> signer(X509CRL list, TrustAnchors trust) {
    return trust.all().stream().filter(each -> Revocation.signed(each, list)).findFirst();
  }

  private static Stream<Path> files(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder)) {
      return Stream.of(fileOrFolder);
    }
    try (Stream<Path> files = Files.list(fileOrFolder)) {
      return files.filter(file -> file.toString().endsWith(".crl")).sorted().toList().stream();
    } catch (IOException e) {
      throw new KeyMaterialException("cannot list the folder " + fileOrFolder, e);
    }
  }

  private static void mustBeComplete(X509CRL crl) {
    Set<String> critical = crl.getCriticalExtensionOIDs();
    String name = "the revocation list of " + Described.name(crl.getIssuerX500Principal());
    if (critical != null && !critical.isEmpty()) {
      throw new KeyMaterialException(name + " is partial: critical extensions " + critical);
    }
    if (!CertificateProfile.isStrong(crl.getSigAlgName())) {
      throw new KeyMaterialException(name + " is weakly signed: " + crl.getSigAlgName());
    }
    if (crl.getNextUpdate() == null) {
      throw new KeyMaterialException(name + " does not say when it ends");
    }
  }
}
