package uk.cpis.gateway.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The public keys whose seals are believed; given by the auditor, never by the file checked. */
public final class TrustedKeys {

  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN (CERTIFICATE|PUBLIC KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private final Map<String, PublicKey> keys = new LinkedHashMap<>();

  private TrustedKeys(Collection<PublicKey> keys) {
    for (PublicKey key : keys) {
      if (!SealingKey.usable(key)) {
        throw new EvidenceException("a key that seals is an EC key on P-256");
      }
      this.keys.put(SealingKey.id(key), key);
    }
  }

  public static TrustedKeys of(PublicKey... keys) {
    return new TrustedKeys(List.of(keys));
  }

  /** The keys of these PEM files, each of certificates or public keys. */
  public static TrustedKeys read(Collection<Path> files) {
    return new TrustedKeys(files.stream().flatMap(file -> keysIn(file).stream()).toList());
  }

  private static List<PublicKey> keysIn(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      List<PublicKey> keys = BLOCK.matcher(text).results().limit(1).map(TrustedKeys::key).toList();
      if (keys.isEmpty()) {
        throw new EvidenceException("no certificate or public key (PEM) in " + file);
      }
      return keys;
    } catch (IOException e) {
      throw new EvidenceException("cannot read " + file, e);
    }
  }

  private static PublicKey key(MatchResult block) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(2));
      return block.group(1).equals("CERTIFICATE")
          ? CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der))
              .getPublicKey()
          : KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new EvidenceException("a certificate or public key cannot be read", e);
    }
  }

  boolean know(String id) {
    return keys.containsKey(id);
  }

  /** Whether the key of this id, which must be among these, signed the text. */
  boolean signed(String id, String text, String signature) {
    PublicKey key = keys.get(id);
    if (key == null || !SealingKey.isLow(signature)) {
      return false;
    }
    try {
      Signature check = Signature.getInstance(SealingKey.ALGORITHM);
      check.initVerify(key);
      check.update(text.getBytes(StandardCharsets.US_ASCII));
      return check.verify(HexFormat.of().parseHex(signature));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
