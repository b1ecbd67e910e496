package uk.cpis.gateway.security;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.w3c.dom.Document;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.SignedRequest;

/** How the verification of one message ended. */
public sealed interface Verification {

  /**
   * Every check passed: what the document says was signed by this certificate, and is what the
   * application is to read. The document is not to be changed.
   *
   * @param messageIdAsSent in the sender's spelling, which the reply's RelatesTo repeats
   * @param content the digest that makes a repeated message the same message
   * @param revocationKnown false where the signer was believed only because its revocation may be
   *     unknown for a while
   * @param fault whether the Body holds a SOAP fault
   * @param request what is kept as evidence of who sent it, where it is kept
   */
  record Verified(
      Document document,
      AddressingVersion version,
      MessageId messageId,
      String messageIdAsSent,
      String action,
      ContentDigest content,
      X509Certificate signer,
      CertificateFingerprint signerFingerprint,
      boolean revocationKnown,
      boolean fault,
      Optional<SignedRequest> request)
      implements Verification {

    /** Names the message, never its content. */
    @Override
    public String toString() {
      return "Verified[" + messageId + ", " + action + ", signed by " + signerFingerprint + "]";
    }
  }

  /**
   * A check failed; nothing of the message counts.
   *
   * @param version the addressing version a fault is to be told in, where it could be seen
   */
  record Refused(Refusal refusal, Optional<AddressingVersion> version) implements Verification {}
}
