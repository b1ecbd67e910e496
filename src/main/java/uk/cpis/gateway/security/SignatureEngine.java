package uk.cpis.gateway.security;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What works out the values of signatures: native code where this machine can load it, otherwise
 * the JVM's own (decision 20). Keys are handed to the native code once and then remembered, because
 * that costs more than a verification. Only signatures are worked out by it; TLS, certificates and
 * the store are not. Safe for threads.
 */
public final class SignatureEngine {
  private static final int MOST = 10_000;
  private static final Optional<Provider> NATIVE = loaded();

  private final Optional<Provider> provider;
  private final ConcurrentMap<Key, Key> keys = new ConcurrentHashMap<>();

  private SignatureEngine(Optional<Provider> provider) {
    this.provider = provider;
  }

  /** The fastest that this machine has. */
  public static SignatureEngine fastest() {
    return new SignatureEngine(NATIVE);
  }

  /** The one that is part of every JVM. */
  static SignatureEngine ofTheJvm() {
    return new SignatureEngine(Optional.empty());
  }

  /** Absent on another system than Linux on x86-64, and where native code may not be loaded. */
  private static Optional<Provider> loaded() {
    AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    return provider.getLoadingError() == null ? Optional.of(provider) : Optional.empty();
  }

  /** What it is called, for operators. */
  public String name() {
    return provider.map(Provider::toString).orElse("the JVM's own");
  }

  /** For the signature library, which takes none for the JVM's own. */
  @Nullable Provider provider() {
    return provider.orElse(null);
  }

  /** The key in the form that this engine works with. */
  PrivateKey ready(PrivateKey key) {
    return (PrivateKey) translated(key);
  }

  /** The key in the form that this engine works with; as it is when the engine cannot read it. */
  PublicKey ready(PublicKey key) {
    return (PublicKey) translated(key);
  }

  private Key translated(Key key) {
    if (provider.isEmpty()) {
      return key;
    }
    if (keys.size() >= MOST) {
      keys.clear();
    }
    return keys.computeIfAbsent(key, each -> translated(each, provider.get()));
  }

  /** A key that is none is left to the check itself, which refuses it. */
  private static Key translated(Key key, Provider provider) {
    try {
      return KeyFactory.getInstance(key.getAlgorithm(), provider).translateKey(key);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      return key;
    }
  }
}
