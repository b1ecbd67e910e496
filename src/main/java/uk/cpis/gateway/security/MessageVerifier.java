package uk.cpis.gateway.security;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.pki.CertificateFingerprints;
import uk.cpis.gateway.security.Verification.Refused;
import uk.cpis.gateway.security.Verification.Verified;

/**
 * Verifies one message, from its bytes to the signer's certificate, in one order: cheap checks
 * first, the certificate before its key is used, the signature last. Whatever goes wrong on the way
 * ends as one refusal. It has no effect and keeps nothing, so the same message may be verified as
 * often as one likes. Safe for threads.
 */
public final class MessageVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(MessageVerifier.class);

  private final DocumentReader documents;
  private final Freshness freshness;
  private final Signer signers;
  private final SignatureCheck signatures;
  private final InstantSource clock;

  public MessageVerifier(
      ParserLimits limits,
      Freshness freshness,
      SignerTrust trust,
      RegisteredCertificates registered,
      InstantSource clock) {
    this(limits, freshness, new Signer(trust, registered), clock, SignatureEngine.fastest());
  }

  MessageVerifier(
      ParserLimits limits,
      Freshness freshness,
      Signer signers,
      InstantSource clock,
      SignatureEngine engine) {
    this.documents = new DocumentReader(limits);
    this.freshness = freshness;
    this.signers = signers;
    this.signatures = new SignatureCheck(engine);
    this.clock = clock;
  }

  /**
   * Verifies the bytes of a message.
   *
   * @param charset what the Content-Type states, where it does
   */
  public Verification verify(byte[] message, Optional<String> charset, Expectations expected) {
    Attempt attempt = new Attempt();
    try {
      return attempt.verify(documents.read(message, charset), expected);
    } catch (RefusalException e) {
      return attempt.refused(e.refusal());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.error("the security check of a message failed unexpectedly", withoutItsText(e));
      return attempt.refused(
          new Refusal(RefusalCause.UNEXPECTED, e.getClass().getSimpleName() + " in the check"));
    }
  }

  /** One run; it remembers the addressing version, so that a refusal can answer in it. */
  private final class Attempt {
    private Optional<AddressingVersion> version = Optional.empty();

    Verified verify(Document document, Expectations expected) {
      Instant now = clock.instant();
      Envelope envelope = Envelope.read(document);
      Addressing addressing = Addressing.read(envelope);
      version = Optional.of(addressing.version());
      Census census = Census.of(document);
      Understood.check(envelope);
      MessageId id = addressing.id();
      Agreement.check(envelope, addressing, expected);
      SecurityHeader security = SecurityHeader.read(envelope);
      Timestamp.read(security.timestamp()).check(freshness, now);
      SignatureProfile profile = SignatureProfile.read(envelope, security, census);
      mustCover(profile, envelope, addressing, security, expected);
      X509Certificate signer =
          signers.trusted(KeyReferenceReader.read(profile.keyInfo(), security, census), now);
      Agreement.checkSigner(CertificateFingerprints.of(signer), expected);
      signatures.check(profile, signer);
      return verified(envelope, addressing, id, signer);
    }

    Refused refused(Refusal refusal) {
      return new Refused(refusal, version);
    }
  }

  /**
   * The very elements that will be read, found by position, must be the ones that are signed. What
   * a request relates to is not read.
   */
  private static void mustCover(
      SignatureProfile profile,
      Envelope envelope,
      Addressing addressing,
      SecurityHeader security,
      Expectations expected) {
    List<Element> read = new ArrayList<>();
    read.add(envelope.body());
    read.add(security.timestamp());
    read.addAll(List.of(addressing.action(), addressing.messageId(), addressing.to()));
    if (expected instanceof Expectations.Reply) {
      read.addAll(addressing.relatesTo());
    }
    for (Element part : read) {
      RefusalException.unless(
          profile.covers(part), RefusalCause.NOT_COVERED, part.getLocalName() + " not signed");
    }
  }

  /** Where it happened and nothing else: the text of an exception may quote the message. */
  private static Throwable withoutItsText(Throwable thrown) {
    Throwable bare = new IllegalStateException(thrown.getClass().getName());
    bare.setStackTrace(thrown.getStackTrace());
    return bare;
  }

  private static Verified verified(
      Envelope envelope, Addressing addressing, MessageId id, X509Certificate signer) {
    return new Verified(
        envelope.document(),
        addressing.version(),
        id,
        addressing.messageIdAsSent(),
        Elements.text(addressing.action()),
        Canonical.digest(envelope.payload()),
        signer,
        CertificateFingerprints.of(signer),
        envelope.isFault());
  }
}
