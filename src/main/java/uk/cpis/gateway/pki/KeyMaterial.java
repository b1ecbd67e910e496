package uk.cpis.gateway.pki;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/**
 * A private key with its certificate chain, leaf first; the key is known to belong to the leaf.
 *
 * <p>The textual form shows the certificate only, never the key.
 */
public record KeyMaterial(PrivateKey privateKey, List<X509Certificate> chain) {
  private static final byte[] PROBE = {1, 2, 3};

  public KeyMaterial {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new KeyMaterialException("a private key needs its certificate");
    }
    if (!belongTogether(privateKey, chain.get(0))) {
      throw new KeyMaterialException(
          "the private key does not belong to certificate " + Described.of(chain.get(0)));
    }
  }

  /** The certificate of the key itself. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** Reads a PKCS#12 file that holds exactly one private key. */
  public static KeyMaterial fromPkcs12(Path file, char[] password) {
    try {
      KeyStore store = Pkcs12.read(file, password);
      List<String> aliases = Pkcs12.keyAliases(store);
      if (aliases.size() != 1) {
        throw new KeyMaterialException(
            "expected exactly one private key in " + file + ", found " + aliases.size());
      }
      return of(store, aliases.get(0), password);
    } catch (GeneralSecurityException e) {
      throw new KeyMaterialException("cannot use the private key in " + file, e);
    }
  }

  /** Reads a chain (leaf first) and an unencrypted private key from PEM files. */
  public static KeyMaterial fromPem(Path chain, Path privateKey) {
    return new KeyMaterial(Pem.privateKey(privateKey), Pem.certificates(chain));
  }

  /** Reads an unencrypted RSA key from PEM that stands alone, its public half kept elsewhere. */
  public static PrivateKey rsaKey(Path privateKey) {
    PrivateKey key = Pem.privateKey(privateKey);
    if (!key.getAlgorithm().equals("RSA")) {
      throw new KeyMaterialException("expected an RSA key in " + privateKey);
    }
    return key;
  }

  private static KeyMaterial of(KeyStore store, String alias, char[] password)
      throws GeneralSecurityException {
    Key key = store.getKey(alias, password);
    Certificate[] chain = store.getCertificateChain(alias);
    return new KeyMaterial(
        (PrivateKey) key, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
  }

  private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
    try {
      Signature signature =
          Signature.getInstance(
              switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> throw new KeyMaterialException("unusable key: " + key.getAlgorithm());
              });
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "KeyMaterial[" + Described.of(certificate()) + "]";
  }
}
