package uk.cpis.gateway.security;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.cxf.interceptor.InterceptorProvider;
import org.w3c.dom.Element;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.pki.KeyMaterial;

/**
 * The security of one endpoint: every request is verified before it is read, every reply and every
 * fault leaves signed. Safe for threads.
 */
public final class ServerSecurity {
  private final VerifyingInterceptor verifying;
  private final SigningInterceptor signing;

  /**
   * Where refusals go.
   *
   * @param operator is told each one
   * @param detail makes the contract's error list for the caller's fault
   */
  public record Refusals(
      Consumer<RefusedMessage> operator, Function<RefusedMessage, Element> detail) {}

  /**
   * Makes the security of an endpoint.
   *
   * @param addresses what {@code wsa:To} of a request may be
   */
  public ServerSecurity(
      Set<String> addresses,
      MessageVerifier verifier,
      MessageSigner signer,
      Function<SignatureKind, KeyMaterial> keys,
      SenderLookup senders,
      Refusals refusals) {
    this(addresses, verifier, signer, keys, senders, Optional.empty(), refusals);
  }

  /**
   * The same, judging at each message whether the other end of the connection is still believed.
   */
  public ServerSecurity(
      Set<String> addresses,
      MessageVerifier verifier,
      MessageSigner signer,
      Function<SignatureKind, KeyMaterial> keys,
      SenderLookup senders,
      Optional<PeerTrust> peers,
      Refusals refusals) {
    this.verifying = new VerifyingInterceptor(addresses, verifier, senders, peers, refusals);
    this.signing = new SigningInterceptor(signer, keys);
  }

  /** Puts the interceptors in front of and behind an endpoint. */
  public void protect(InterceptorProvider endpoint) {
    endpoint.getInInterceptors().add(verifying);
    endpoint.getOutInterceptors().add(signing);
    endpoint.getOutFaultInterceptors().add(signing);
  }
}
