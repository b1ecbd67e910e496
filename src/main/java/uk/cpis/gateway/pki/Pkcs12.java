package uk.cpis.gateway.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.crypto.spec.PBEParameterSpec;

/** Reads and writes PKCS#12 stores. */
final class Pkcs12 {
  private static final String QUICK = "PBEWithHmacSHA256AndAES_256";
  private static final int SALT_BYTES = 16;

  private Pkcs12() {}

  static KeyStore read(Path file, char[] password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new KeyMaterialException(
          "cannot open the PKCS#12 file " + file + " (is the password the right one?)", e);
    }
  }

  static List<String> keyAliases(KeyStore store) throws KeyStoreException {
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    return keys;
  }

  static List<X509Certificate> trusted(KeyStore store) throws KeyStoreException {
    List<X509Certificate> trusted = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isCertificateEntry(alias)) {
        trusted.add((X509Certificate) store.getCertificate(alias));
      }
    }
    return trusted;
  }

  /** A store in memory with one key, protected by the password given. */
  static KeyStore of(String alias, KeyMaterial keys, char[] password) {
    try {
      KeyStore store = empty();
      X509Certificate[] chain = keys.chain().toArray(X509Certificate[]::new);
      store.setKeyEntry(alias, keys.privateKey(), password, chain);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new KeyMaterialException("cannot put a key into a key store: " + keys, e);
    }
  }

  /**
   * The same for a store that never leaves the memory: its password keeps nobody out who can read
   * the memory, so no time is spent on making it hard to guess.
   */
  static KeyStore inMemory(String alias, KeyMaterial keys, char[] password) {
    try {
      KeyStore store = empty();
      X509Certificate[] chain = keys.chain().toArray(X509Certificate[]::new);
      store.setEntry(
          alias,
          new KeyStore.PrivateKeyEntry(keys.privateKey(), chain),
          new KeyStore.PasswordProtection(
              password, QUICK, new PBEParameterSpec(new byte[SALT_BYTES], 1)));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new KeyMaterialException("cannot hold a key: " + keys, e);
    }
  }

  /** A trust store in memory. */
  static KeyStore of(List<X509Certificate> trusted) {
    try {
      KeyStore store = empty();
      for (X509Certificate certificate : trusted) {
        store.setCertificateEntry("trusted-" + (store.size() + 1), certificate);
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new KeyMaterialException("cannot make a trust store", e);
    }
  }

  static byte[] write(KeyStore store, char[] password) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      store.store(out, password);
      return out.toByteArray();
    } catch (GeneralSecurityException | IOException e) {
      throw new KeyMaterialException("cannot write a PKCS#12 store", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
