package uk.cpis.gateway.security;

import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.apache.xml.security.signature.VerifiedReference;
import org.apache.xml.security.signature.XMLSignature;
import org.w3c.dom.Element;

/**
 * Core validation: the signature value by the signer's key, and the digest of every part. Safe for
 * threads.
 */
final class SignatureCheck {
  static {
    org.apache.xml.security.Init.init();
  }

  private static final Set<String> PARTS =
      Set.of("Body", "Timestamp", "Action", "MessageID", "To", "RelatesTo", "BinarySecurityToken");

  private final SignatureEngine engine;

  SignatureCheck(SignatureEngine engine) {
    this.engine = engine;
  }

  /** The library throws anything at values that are no base64 or no signature at all. */
  SignedForm check(SignatureProfile profile, X509Certificate signer) {
    try {
      XMLSignature signature = new XMLSignature(profile.signature(), "", true, engine.provider());
      signature.addResourceResolver(new PartResolver(profile.references()));
      whole(signature.getSignatureValue(), signer.getPublicKey());
      if (!signature.checkSignatureValue(engine.ready(signer.getPublicKey()))) {
        throw refusal(signature, profile);
      }
      return new SignedForm(
          signature.getSignedInfo().getCanonicalizedOctetStream(), signature.getSignatureValue());
    } catch (RefusalException e) {
      throw e;
    } catch (XMLSecurityException | IOException | RuntimeException e) {
      throw RefusalException.of(RefusalCause.SIGNATURE_VALUE, "a value that cannot be checked");
    }
  }

  /** The parts whose digests fit, whoever signed them. */
  Set<Element> fitting(SignatureProfile profile) {
    Set<Element> fitting = Collections.newSetFromMap(new IdentityHashMap<>());
    profile
        .references()
        .forEach(
            (uri, part) -> {
              if (fits(profile, uri)) {
                fitting.add(part);
              }
            });
    return fitting;
  }

  private boolean fits(SignatureProfile profile, String uri) {
    try {
      XMLSignature signature = new XMLSignature(profile.signature(), "", true, engine.provider());
      signature.addResourceResolver(new PartResolver(profile.references()));
      int at = List.copyOf(profile.references().keySet()).indexOf(uri);
      return signature.getSignedInfo().item(at).verify();
    } catch (XMLSecurityException | RuntimeException e) {
      return false;
    }
  }

  /** The library reads an elliptic value's halves and leaves what is beyond them unseen. */
  private static void whole(byte[] value, PublicKey key) {
    if (key instanceof ECPublicKey ec) {
      int half = (ec.getParams().getOrder().bitLength() + 7) / 8;
      RefusalException.unless(
          value.length == 2 * half, RefusalCause.SIGNATURE_VALUE, value.length + " bytes");
    }
  }

  /** The library checks the value first and looks at the parts only when it fits. */
  private static RefusalException refusal(XMLSignature signature, SignatureProfile profile) {
    List<VerifiedReference> parts = signature.getSignedInfo().getVerificationResults();
    if (parts == null || parts.isEmpty()) {
      return RefusalException.of(RefusalCause.SIGNATURE_VALUE, "another key or another SignedInfo");
    }
    int altered = (int) parts.stream().takeWhile(VerifiedReference::isValid).count();
    return RefusalException.of(
        RefusalCause.PART_ALTERED,
        "reference %d does not fit: %s".formatted(altered + 1, part(profile, altered)));
  }

  /** Its name, where it is one of those that are known; other names are the sender's words. */
  private static String part(SignatureProfile profile, int reference) {
    return profile.references().values().stream()
        .skip(reference)
        .findFirst()
        .map(Element::getLocalName)
        .filter(PARTS::contains)
        .orElse("another header");
  }
}
