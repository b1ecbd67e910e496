package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One thing that happened and who caused it, for the audit. The outcome is a code (CPF02, a
 * rejection reason), never free text. An answered query is audited as its {@link Access}.
 *
 * @param operator who did it and from where, where it was somebody at the gateway itself
 */
public record AuditEntry(
    UUID id,
    Instant at,
    AuditEvent event,
    String outcome,
    Optional<Origin> origin,
    Optional<OdsCode> organisation,
    Optional<MessageId> messageId,
    Optional<NhsNumber> person,
    Optional<PlanType> planType,
    Optional<Author> author,
    Optional<Operator> operator) {

  /** What was caused by a message, or by the gateway itself: by no operator. */
  public AuditEntry(
      UUID id,
      Instant at,
      AuditEvent event,
      String outcome,
      Optional<Origin> origin,
      Optional<OdsCode> organisation,
      Optional<MessageId> messageId,
      Optional<NhsNumber> person,
      Optional<PlanType> planType,
      Optional<Author> author) {
    this(
        id,
        at,
        event,
        outcome,
        origin,
        organisation,
        messageId,
        person,
        planType,
        author,
        Optional.empty());
  }

  /**
   * The system that a message came from, as it was identified at the time.
   *
   * @param revocationUnknown whether it was let in though the revocation of its certificates was
   *     unknown
   */
  public record Origin(
      Asid asid,
      CertificateFingerprint transport,
      CertificateFingerprint signing,
      String remoteAddress,
      boolean revocationUnknown,
      Optional<SignedRequest> request) {

    /** An origin of whose message nothing is kept. */
    public Origin(
        Asid asid,
        CertificateFingerprint transport,
        CertificateFingerprint signing,
        String remoteAddress,
        boolean revocationUnknown) {
      this(asid, transport, signing, remoteAddress, revocationUnknown, Optional.empty());
    }

    /** The same without what is kept of the message, which another entry has. */
    public Origin withoutRequest() {
      return new Origin(asid, transport, signing, remoteAddress, revocationUnknown);
    }

    /** The origin that a verified sender is. */
    public static Origin of(Sender sender) {
      return new Origin(
          sender.asid(),
          sender.transport(),
          sender.signing(),
          sender.remoteAddress(),
          sender.revocationUnknown(),
          sender.request());
    }
  }
}
