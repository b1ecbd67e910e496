package uk.cpis.gateway.security;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** How a signature names its signer's certificate. */
public sealed interface KeyReference {

  /** What an operator calls it. */
  String kind();

  /** The certificate itself, in a BinarySecurityToken. */
  record Token(X509Certificate certificate) implements KeyReference {
    @Override
    public String kind() {
      return "a token";
    }
  }

  /** A registered certificate by its issuer and serial number. */
  record IssuerAndSerial(X500Principal issuer, BigInteger serial) implements KeyReference {
    @Override
    public String kind() {
      return "an issuer and serial number";
    }

    /**
     * The same with the parts of the name in the order that the certificate has them in, as OpenSSL
     * and what is made with it print them. RFC 4514 writes the last first.
     */
    IssuerAndSerial inOrderOfTheCertificate() {
      try {
        List<Rdn> parts = new ArrayList<>(new LdapName(issuer.getName()).getRdns());
        Collections.reverse(parts);
        return new IssuerAndSerial(new X500Principal(new LdapName(parts).toString()), serial);
      } catch (InvalidNameException | IllegalArgumentException e) {
        return this;
      }
    }
  }

  /** A registered certificate by its subject key identifier, in hexadecimal. */
  record SubjectKeyIdentifier(String hex) implements KeyReference {
    @Override
    public String kind() {
      return "a subject key identifier";
    }

    static SubjectKeyIdentifier of(byte[] identifier) {
      return new SubjectKeyIdentifier(HexFormat.of().formatHex(identifier));
    }
  }

  /** A registered certificate by the SHA-1 of its DER form, in hexadecimal. */
  record Thumbprint(String hex) implements KeyReference {
    @Override
    public String kind() {
      return "a thumbprint";
    }

    static Thumbprint of(byte[] digest) {
      return new Thumbprint(HexFormat.of().formatHex(digest));
    }
  }
}
