package uk.cpis.gateway.security;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.RequestEvidence;
import uk.cpis.gateway.domain.SignedRequest;
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
  private final Optional<RequestEvidence> keep;

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
    this(
        new DocumentReader(limits),
        freshness,
        signers,
        new SignatureCheck(engine),
        clock,
        Optional.empty());
  }

  private MessageVerifier(
      DocumentReader documents,
      Freshness freshness,
      Signer signers,
      SignatureCheck signatures,
      InstantSource clock,
      Optional<RequestEvidence> keep) {
    this.documents = documents;
    this.freshness = freshness;
    this.signers = signers;
    this.signatures = signatures;
    this.clock = clock;
    this.keep = keep;
  }

  /** The same, which gives what is to be kept of each message as evidence of who sent it. */
  public MessageVerifier keeping(RequestEvidence what) {
    return new MessageVerifier(documents, freshness, signers, signatures, clock, Optional.of(what));
  }

  /**
   * Verifies the bytes of a message.
   *
   * @param charset what the Content-Type states, where it does
   */
  public Verification verify(byte[] message, Optional<String> charset, Expectations expected) {
    Attempt attempt = new Attempt();
    try {
      return attempt.verify(message, charset, expected, Checks.FIRST_ENDS);
    } catch (RefusalException e) {
      return attempt.refused(e.refusal());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.error("the security check of a message failed unexpectedly", withoutItsText(e));
      return attempt.refused(
          new Refusal(RefusalCause.UNEXPECTED, e.getClass().getSimpleName() + " in the check"));
    }
  }

  /**
   * Makes every check that can be made, whether those before it passed or not, and says how each
   * ended; for a message that was captured and is not to be acted on.
   *
   * @param charset what the Content-Type stated, where it did
   */
  public Examination examine(byte[] message, Optional<String> charset, Expectations expected) {
    Attempt attempt = new Attempt();
    Examiner examiner = new Examiner();
    try {
      attempt.verify(message, charset, expected, examiner);
    } catch (RefusalException e) {
      LOG.debug("refused: {}", e.refusal().cause());
    }
    return new Examination(
        examiner.steps(),
        attempt.profile.map(profile -> parts(profile, attempt.read)).orElse(List.of()),
        attempt.envelope.map(Envelope::payload),
        attempt.signer);
  }

  /** One run; it remembers how far it came, so that a refusal can answer in the right version. */
  private final class Attempt {
    private Optional<AddressingVersion> version = Optional.empty();
    private Optional<Envelope> envelope = Optional.empty();
    private Optional<SignatureProfile> profile = Optional.empty();
    private Optional<X509Certificate> signer = Optional.empty();
    private List<Element> read = List.of();
    private Optional<SignedForm> form = Optional.empty();

    Verified verify(
        byte[] message, Optional<String> charset, Expectations expected, Checks checks) {
      Instant now = clock.instant();
      Document document = checks.must(Check.DOCUMENT, () -> documents.read(message, charset));
      Envelope envelope = checks.must(Check.ENVELOPE, () -> Envelope.read(document));
      this.envelope = Optional.of(envelope);
      Addressing addressing = checks.must(Check.ADDRESSING, () -> Addressing.read(envelope));
      version = Optional.of(addressing.version());
      Census census = checks.must(Check.IDS, () -> Census.of(document));
      checks.should(Check.HEADERS, () -> Understood.check(envelope));
      checks.should(Check.MESSAGE_ID, addressing::id);
      checks.should(Check.AGREEMENT, () -> Agreement.check(envelope, addressing, expected));
      SecurityHeader security =
          checks.must(Check.SECURITY_HEADER, () -> SecurityHeader.read(envelope));
      checks.should(
          Check.FRESHNESS, () -> Timestamp.read(security.timestamp()).check(freshness, now));
      read = toBeSigned(envelope, addressing, security, expected);
      SignatureProfile profile =
          checks.must(
              Check.SIGNATURE_FORM, () -> SignatureProfile.read(envelope, security, census));
      this.profile = Optional.of(profile);
      checks.should(Check.COVERAGE, () -> mustCover(profile, read));
      Signer.Believed believed =
          checks.must(
              Check.CERTIFICATE,
              () ->
                  signers.trusted(
                      KeyReferenceReader.read(profile.keyInfo(), security, census), now));
      X509Certificate signer = believed.certificate();
      this.signer = Optional.of(signer);
      checks.should(
          Check.SIGNER, () -> Agreement.checkSigner(CertificateFingerprints.of(signer), expected));
      checks.should(Check.SIGNATURE, () -> form = Optional.of(signatures.check(profile, signer)));
      return verified(envelope, addressing, addressing.id(), believed, evidence(message));
    }

    /** What cannot be kept as evidence is not accepted: honest signatures are a tenth of that. */
    private Optional<SignedRequest> evidence(byte[] message) {
      Optional<SignedRequest> request =
          keep.flatMap(what -> form.map(each -> each.evidence(message, what)));
      RefusalException.unless(
          request.filter(each -> each.signature().isEmpty()).isEmpty(),
          RefusalCause.SIGNATURE_FORM,
          "more than is kept as evidence");
      return request;
    }

    Refused refused(Refusal refusal) {
      return new Refused(refusal, version);
    }
  }

  /**
   * The very elements that will be read, found by position, must be the ones that are signed. What
   * a request relates to is not read.
   */
  private static List<Element> toBeSigned(
      Envelope envelope, Addressing addressing, SecurityHeader security, Expectations expected) {
    List<Element> read = new ArrayList<>();
    read.add(envelope.body());
    read.add(security.timestamp());
    read.addAll(List.of(addressing.action(), addressing.messageId(), addressing.to()));
    if (expected instanceof Expectations.Reply) {
      read.addAll(addressing.relatesTo());
    }
    return read;
  }

  private static void mustCover(SignatureProfile profile, List<Element> read) {
    List<String> unsigned =
        read.stream().filter(part -> !profile.covers(part)).map(Element::getLocalName).toList();
    RefusalException.unless(
        unsigned.isEmpty(), RefusalCause.NOT_COVERED, String.join(", ", unsigned) + " not signed");
  }

  private List<Examination.Part> parts(SignatureProfile profile, List<Element> read) {
    Set<Element> fitting = signatures.fitting(profile);
    return read.stream()
        .map(
            part ->
                new Examination.Part(
                    part.getLocalName(),
                    !profile.covers(part)
                        ? Examination.Signed.NOT_SIGNED
                        : fitting.contains(part)
                            ? Examination.Signed.FITS
                            : Examination.Signed.ALTERED))
        .toList();
  }

  /** Where it happened and nothing else: the text of an exception may quote the message. */
  private static Throwable withoutItsText(Throwable thrown) {
    Throwable bare = new IllegalStateException(thrown.getClass().getName());
    bare.setStackTrace(thrown.getStackTrace());
    return bare;
  }

  private static Verified verified(
      Envelope envelope,
      Addressing addressing,
      MessageId id,
      Signer.Believed signer,
      Optional<SignedRequest> request) {
    return new Verified(
        envelope.document(),
        addressing.version(),
        id,
        addressing.messageIdAsSent(),
        Elements.text(addressing.action()),
        Canonical.digest(envelope.payload()),
        signer.certificate(),
        CertificateFingerprints.of(signer.certificate()),
        signer.revocationKnown(),
        envelope.isFault(),
        request);
  }
}
