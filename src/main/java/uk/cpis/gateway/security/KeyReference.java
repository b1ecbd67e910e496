package uk.cpis.gateway.security;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;

/** How a signature names its signer's certificate. */
public sealed interface KeyReference {

  /** The certificate itself, in a BinarySecurityToken. */
  record Token(X509Certificate certificate) implements KeyReference {}

  /** A registered certificate by its issuer and serial number. */
  record IssuerAndSerial(X500Principal issuer, BigInteger serial) implements KeyReference {}

  /** A registered certificate by its subject key identifier, in hexadecimal. */
  record SubjectKeyIdentifier(String hex) implements KeyReference {
    static SubjectKeyIdentifier of(byte[] identifier) {
      return new SubjectKeyIdentifier(HexFormat.of().formatHex(identifier));
    }
  }

  /** A registered certificate by the SHA-1 of its DER form, in hexadecimal. */
  record Thumbprint(String hex) implements KeyReference {
    static Thumbprint of(byte[] digest) {
      return new Thumbprint(HexFormat.of().formatHex(digest));
    }
  }
}
