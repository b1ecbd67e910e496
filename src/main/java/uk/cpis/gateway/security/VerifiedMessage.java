package uk.cpis.gateway.security;

import java.util.Optional;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.jspecify.annotations.Nullable;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.domain.SignatureKind;

/**
 * A request whose signature was verified, with the two certificates it came by. It says which
 * registered system sent it as soon as the message's claim is known. Belongs to one exchange.
 */
public final class VerifiedMessage {
  private final Verification.Verified verified;
  private final CertificateFingerprint transport;
  private final String remoteAddress;
  private final boolean revocationUnknown;
  private final SenderLookup senders;
  private volatile @Nullable Sender sender;

  VerifiedMessage(
      Verification.Verified verified,
      CertificateFingerprint transport,
      String remoteAddress,
      boolean revocationUnknown,
      SenderLookup senders) {
    this.verified = verified;
    this.transport = transport;
    this.remoteAddress = remoteAddress;
    this.revocationUnknown = revocationUnknown;
    this.senders = senders;
  }

  /** The request that this thread is answering; without one nothing may be answered. */
  public static VerifiedMessage current() {
    Message message = PhaseInterceptorChain.getCurrentMessage();
    VerifiedMessage verified =
        message == null ? null : message.getExchange().get(VerifiedMessage.class);
    if (verified == null) {
      throw new IllegalStateException("a request reached its service without being verified");
    }
    return verified;
  }

  public MessageId messageId() {
    return verified.messageId();
  }

  /** The interaction of the signed body, with which {@code wsa:Action} and SOAPAction agreed. */
  public Interaction interaction() {
    return Interaction.ofAction(verified.action())
        .orElseThrow(() -> new IllegalStateException("an operation that is no interaction"));
  }

  public ContentDigest content() {
    return verified.content();
  }

  public CertificateFingerprint signer() {
    return verified.signerFingerprint();
  }

  public CertificateFingerprint transport() {
    return transport;
  }

  public String remoteAddress() {
    return remoteAddress;
  }

  /**
   * The sender, when transport certificate, signing certificate and the claimed ASID agree with one
   * registered system. From then on the reply is signed with the kind of key registered for it.
   */
  public Optional<Sender> sender(Asid claimed) {
    Optional<Sender> found =
        senders
            .find(transport, signer(), claimed)
            .map(
                system ->
                    new Sender(
                        system,
                        transport,
                        signer(),
                        remoteAddress,
                        revocationUnknown,
                        verified.request()));
    sender = found.orElse(null);
    return found;
  }

  /** The sender as it was found, when it has been asked for and found. */
  public Optional<Sender> identified() {
    return Optional.ofNullable(sender);
  }

  SignatureKind signatureKind() {
    Sender known = sender;
    return known == null ? SignatureKind.RSA : known.system().signatureKind();
  }

  String messageIdAsSent() {
    return verified.messageIdAsSent();
  }

  String action() {
    return verified.action();
  }

  AddressingVersion addressingVersion() {
    return verified.version();
  }

  @Override
  public String toString() {
    return verified.toString();
  }
}
