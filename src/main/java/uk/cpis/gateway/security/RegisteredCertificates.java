package uk.cpis.gateway.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds registered certificates by the short forms of reference. Finding one is no trust: whatever
 * is found is judged like a certificate that came with the message. There may be several, since a
 * renewed certificate can keep its key.
 */
@FunctionalInterface
public interface RegisteredCertificates {
  /** The DER bytes before the identifier: an octet string in an octet string. */
  int SKI_PREFIX = 4;

  List<X509Certificate> find(KeyReference reference);

  /** An index over these certificates. */
  static RegisteredCertificates of(Collection<X509Certificate> certificates) {
    Map<KeyReference, List<X509Certificate>> index = new HashMap<>();
    for (X509Certificate certificate : certificates) {
      references(certificate)
          .forEach(
              reference ->
                  index.merge(
                      reference,
                      List.of(certificate),
                      (one, other) -> Stream.concat(one.stream(), other.stream()).toList()));
    }
    return reference -> index.getOrDefault(reference, List.of());
  }

  /**
   * An index over certificates that change: it is made anew when there is another collection of
   * them.
   */
  static RegisteredCertificates following(Supplier<? extends Collection<X509Certificate>> now) {
    AtomicReference<Indexed> indexed = new AtomicReference<>(Indexed.of(now.get()));
    return reference -> {
      Collection<X509Certificate> current = now.get();
      return indexed
          .updateAndGet(known -> known.certificates() == current ? known : Indexed.of(current))
          .index()
          .find(reference);
    };
  }

  /** A collection of certificates and its index. */
  record Indexed(Collection<X509Certificate> certificates, RegisteredCertificates index) {

    static Indexed of(Collection<X509Certificate> certificates) {
      return new Indexed(certificates, RegisteredCertificates.of(certificates));
    }
  }

  private static Stream<KeyReference> references(X509Certificate certificate) {
    KeyReference.IssuerAndSerial serial =
        new KeyReference.IssuerAndSerial(
            certificate.getIssuerX500Principal(), certificate.getSerialNumber());
    Set<KeyReference> references = new LinkedHashSet<>();
    references.add(serial);
    references.add(serial.inOrderOfTheCertificate());
    references.add(KeyReference.Thumbprint.of(sha1(certificate)));
    byte[] extension = certificate.getExtensionValue("2.5.29.14");
    if (extension != null && extension.length > SKI_PREFIX) {
      byte[] identifier = Arrays.copyOfRange(extension, SKI_PREFIX, extension.length);
      references.add(KeyReference.SubjectKeyIdentifier.of(identifier));
    }
    return references.stream();
  }

  private static byte[] sha1(X509Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("a parsed certificate has a thumbprint", e);
    }
  }
}
