package uk.cpis.gateway.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads and writes PEM: certificates, revocation lists (DER too), private keys. */
final class Pem {
  private static final Base64.Encoder BASE64 =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  static List<X509Certificate> certificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> certificates =
          x509().generateCertificates(in).stream().map(X509Certificate.class::cast).toList();
      if (certificates.isEmpty()) {
        throw new KeyMaterialException("no certificate in " + file);
      }
      return certificates;
    } catch (IOException | CertificateException e) {
      throw new KeyMaterialException("cannot read certificates from " + file, e);
    }
  }

  static X509CRL crl(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      return (X509CRL) x509().generateCRL(new ByteArrayInputStream(content));
    } catch (IOException | CRLException e) {
      throw new KeyMaterialException("cannot read a certificate revocation list from " + file, e);
    }
  }

  static PrivateKey privateKey(Path file) {
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
        PEMParser parser = new PEMParser(in)) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
        if (found instanceof PrivateKeyInfo key) {
          return converter.getPrivateKey(key);
        }
        if (found instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
      }
    } catch (IOException e) {
      throw new KeyMaterialException("cannot read a private key from " + file, e);
    }
    throw new KeyMaterialException(
        "no unencrypted private key (PKCS#8, or PKCS#1/SEC1) in the PEM file " + file);
  }

  static String write(List<X509Certificate> certificates) {
    return certificates.stream()
        .map(certificate -> block("CERTIFICATE", encoded(certificate)))
        .collect(Collectors.joining());
  }

  static String write(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  static String write(X509CRL crl) {
    try {
      return block("X509 CRL", crl.getEncoded());
    } catch (CRLException e) {
      throw new IllegalStateException("a parsed revocation list has no encoding", e);
    }
  }

  static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateException e) {
      throw new IllegalStateException("a parsed certificate has no encoding", e);
    }
  }

  static CertificateFactory x509() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (CertificateException e) {
      throw new IllegalStateException("every Java platform has X.509", e);
    }
  }

  private static String block(String label, byte[] der) {
    String name = label + "-----\n";
    return "-----BEGIN " + name + BASE64.encodeToString(der) + "\n-----END " + name;
  }
}
