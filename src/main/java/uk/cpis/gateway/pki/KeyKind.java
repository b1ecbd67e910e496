package uk.cpis.gateway.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of key the development PKI makes. RSA keys take long: few of them. */
enum KeyKind {
  RSA_1024("RSA", new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4)),
  RSA_2048("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
  EC_P256("EC", new ECGenParameterSpec("secp256r1")),
  EC_P384("EC", new ECGenParameterSpec("secp384r1"));

  private final String algorithm;
  private final AlgorithmParameterSpec parameters;

  KeyKind(String algorithm, AlgorithmParameterSpec parameters) {
    this.algorithm = algorithm;
    this.parameters = parameters;
  }

  KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new KeyMaterialException("cannot make a key of kind " + this, e);
    }
  }
}
