package uk.cpis.gateway.outbound;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.w3c.dom.Document;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.security.AddressingVersion;
import uk.cpis.gateway.security.Expectations;
import uk.cpis.gateway.security.MessageHeaders;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.Operation;
import uk.cpis.gateway.security.Verification;

/**
 * Signs a message, posts it and verifies the answer: that it is signed, covers what it must, and
 * relates to what was sent, and that the partner's certificate signed it. Safe to share between
 * threads.
 */
public final class SignedCall {
  private final HttpsPost post;
  private final Signing signing;
  private final MessageVerifier verifier;

  public SignedCall(HttpsPost post, Signing signing, MessageVerifier verifier) {
    this.post = post;
    this.signing = signing;
    this.verifier = verifier;
  }

  /**
   * One message to be sent: a bare envelope, its id, and the operation it belongs to.
   *
   * @param kind the kind of key to sign with
   * @param partner the certificates that the answer may be signed with
   */
  public record Request(
      URI to,
      Operation operation,
      MessageId id,
      SignatureKind kind,
      Set<CertificateFingerprint> partner,
      Document envelope) {}

  /** Sends it and waits for the answer, within the time-outs. */
  public CallEnding send(Request request) throws InterruptedException {
    MessageHeaders headers =
        MessageHeaders.request(
            AddressingVersion.V2005_08,
            request.operation().action(),
            request.id(),
            request.to().toString());
    byte[] message = signing.sign(request.envelope(), headers, request.kind());
    try {
      HttpAnswer answer = post.post(request.to(), request.operation().action(), message);
      return answer.claimsToBeSoap()
          ? verified(request, message, answer)
          : new CallEnding.NoSoap(answer.status());
    } catch (IOException e) {
      return new CallEnding.Broken(e);
    }
  }

  private CallEnding verified(Request request, byte[] message, HttpAnswer answer) {
    Verification verification =
        verifier.verify(
            answer.body(),
            answer.charset(),
            new Expectations.Reply(request.operation(), request.id(), request.partner()::contains));
    if (verification instanceof Verification.Refused refused) {
      return new CallEnding.Unverified(refused.refusal(), answer.body());
    }
    return new CallEnding.Verified((Verification.Verified) verification, message, answer.body());
  }
}
