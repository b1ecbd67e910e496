package uk.cpis.gateway.soapui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.DevelopmentCertificate;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.DevelopmentCertificates;

/**
 * The files that the SoapUI project names. A project file must hold the password of its stores, so
 * these are copies under a password that is no secret; only keys of a development PKI are copied.
 */
public final class SoapUiFiles {

  /** The password of every copy, as it stands in the project. Whoever has a copy has the key. */
  public static final String PASSWORD = "development";

  private static final OdsCode AUTHORITY = new OdsCode("TWH");
  private static final OdsCode COLLECTING_AUTHORITY = new OdsCode("IOS");
  private static final String TRUST_STORE = "trust.p12";

  private final DevelopmentCertificates certificates;

  /** Copies from this development PKI. */
  public SoapUiFiles(DevelopmentCertificates certificates) {
    this.certificates = certificates;
  }

  /** Writes all files to this folder, over those of an earlier time, and names them. */
  public List<Path> write(Path folder) {
    List<Path> written = new ArrayList<>();
    for (DevelopmentCertificate certificate : named()) {
      Path copy = folder.resolve(certificate.name() + ".p12");
      certificate.copy(copy, PASSWORD.toCharArray());
      written.add(copy);
    }
    Path trust = folder.resolve(TRUST_STORE);
    certificates.copyTrustStore(trust, PASSWORD.toCharArray());
    written.add(trust);
    Path mockKeys = folder.resolve(certificates.authorityTls(AUTHORITY).name() + ".p12");
    written.add(new SoapUiSettings(mockKeys, trust).write(folder));
    return List.copyOf(written);
  }

  /** A clinical system, two of authorities, and the gateway itself where it calls the authority. */
  private List<DevelopmentCertificate> named() {
    return List.of(
        certificates.of(Group.CLINICAL, "homerton-ed-tls"),
        certificates.of(Group.CLINICAL, "homerton-ed-signing"),
        certificates.authorityTls(AUTHORITY),
        certificates.authoritySigning(AUTHORITY),
        certificates.authorityTls(COLLECTING_AUTHORITY),
        certificates.authoritySigning(COLLECTING_AUTHORITY),
        certificates.of(Group.GATEWAY, "tls-client"),
        certificates.of(Group.GATEWAY, "signing-rsa"));
  }
}
