package uk.cpis.gateway.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** What certificates of the development PKI say about their use. */
final class CertificateExtensions {
  private static final GeneralNames THIS_HOST =
      new GeneralNames(
          new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1")
          });

  private CertificateExtensions() {}

  /** A CA with at most this many CAs below it. */
  static List<Extension> ofCa(int pathLength) {
    return List.of(
        critical(Extension.basicConstraints, new BasicConstraints(pathLength)),
        critical(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
  }

  static List<Extension> of(CertificateTemplate template) {
    KeyPurposeId[] purposes =
        template.purposes().stream()
            .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
            .toArray(KeyPurposeId[]::new);
    List<Extension> extensions = new ArrayList<>();
    extensions.add(critical(Extension.basicConstraints, new BasicConstraints(false)));
    extensions.add(critical(Extension.keyUsage, new KeyUsage(template.keyUsage())));
    extensions.add(plain(Extension.extendedKeyUsage, new ExtendedKeyUsage(purposes)));
    if (template.onThisHost()) {
      extensions.add(plain(Extension.subjectAlternativeName, THIS_HOST));
    }
    return extensions;
  }

  static Extension plain(ASN1ObjectIdentifier id, ASN1Encodable value) {
    return extension(id, false, value);
  }

  private static Extension critical(ASN1ObjectIdentifier id, ASN1Encodable value) {
    return extension(id, true, value);
  }

  private static Extension extension(
      ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    try {
      return Extension.create(id, critical, value);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
  }
}
