package uk.cpis.gateway.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.interceptor.InterceptorProvider;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.security.SigningInterceptor.Departure;

/**
 * The security of one endpoint: every request is verified before it is read, every reply and every
 * fault leaves signed. A fault of a request that could not be verified has no RelatesTo, since
 * nothing in it is believed. Safe for threads.
 */
public final class ServerSecurity {
  private final Set<String> addresses;
  private final MessageVerifier verifier;
  private final MessageSigner signer;
  private final Function<SignatureKind, KeyMaterial> keys;
  private final SenderLookup senders;
  private final Refusals refusals;

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
    this.addresses = Set.copyOf(addresses);
    this.verifier = verifier;
    this.signer = signer;
    this.keys = keys;
    this.senders = senders;
    this.refusals = refusals;
  }

  /** Puts the interceptors in front of and behind an endpoint. */
  public void protect(InterceptorProvider endpoint) {
    SigningInterceptor signing = new SigningInterceptor(signer, this::departure);
    endpoint.getInInterceptors().add(new VerifyingInterceptor(verifier, new Requests()));
    endpoint.getOutInterceptors().add(signing);
    endpoint.getOutFaultInterceptors().add(signing);
  }

  private Departure departure(SoapMessage message, Document envelope) {
    Exchange exchange = message.getExchange();
    EndpointInfo contract = exchange.getEndpoint().getEndpointInfo();
    MessageId id = new MessageId(UUID.randomUUID());
    VerifiedMessage request = exchange.get(VerifiedMessage.class);
    if (request == null) {
      AddressingVersion version =
          Optional.ofNullable(exchange.get(AddressingVersion.class))
              .orElse(AddressingVersion.V2005_08);
      String action = Operations.faultAction(contract).orElse(version.faultAction());
      return new Departure(
          MessageHeaders.reply(version, action, id, Optional.empty()),
          keys.apply(SignatureKind.RSA));
    }
    AddressingVersion version = request.addressingVersion();
    String action =
        isFault(envelope)
            ? Operations.faultAction(contract).orElse(version.faultAction())
            : replyAction(contract, request.action());
    return new Departure(
        MessageHeaders.reply(version, action, id, Optional.of(request.messageIdAsSent())),
        keys.apply(request.signatureKind()));
  }

  private static String replyAction(EndpointInfo contract, String action) {
    return Operations.of(contract).stream()
        .filter(operation -> operation.action().equals(action))
        .map(Operation::replyAction)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a reply to no operation"));
  }

  private static boolean isFault(Document envelope) {
    Element body = Elements.children(envelope.getDocumentElement(), Names.SOAP, "Body").get(0);
    return !Elements.children(body, Names.SOAP, "Fault").isEmpty();
  }

  /** Requests as they arrive. */
  private final class Requests implements VerifyingInterceptor.Arrivals {

    @Override
    public Expectations expected(SoapMessage message) {
      EndpointInfo contract = message.getExchange().getEndpoint().getEndpointInfo();
      return new Expectations.Request(
          addresses, Operations.of(contract), VerifyingInterceptor.soapAction(message));
    }

    @Override
    public void verified(SoapMessage message, Verification.Verified verified) {
      TransportPeer peer = peer(message);
      if (peer.certificate().isEmpty()) {
        Refusal refusal = new Refusal(RefusalCause.TRANSPORT, "none");
        throw refused(message, new Verification.Refused(refusal, Optional.of(verified.version())));
      }
      message
          .getExchange()
          .put(
              VerifiedMessage.class,
              new VerifiedMessage(
                  verified, peer.certificate().get(), peer.remoteAddress(), senders));
    }

    @Override
    public SoapFault refused(SoapMessage message, Verification.Refused refused) {
      refused
          .version()
          .ifPresent(version -> message.getExchange().put(AddressingVersion.class, version));
      RefusedMessage notice =
          new RefusedMessage(UUID.randomUUID(), refused.refusal(), Optional.of(peer(message)));
      refusals.operator().accept(notice);
      RefusalCause cause = refused.refusal().cause();
      SoapFault fault =
          new SoapFault(
              cause.callerText(), new MessageRefused(refused.refusal()), cause.kind().faultCode());
      fault.setDetail(detail(refusals.detail().apply(notice)));
      return fault;
    }

    private TransportPeer peer(SoapMessage message) {
      return TransportPeer.of(
          (HttpServletRequest) message.get(AbstractHTTPDestination.HTTP_REQUEST));
    }

    private static Element detail(Element errors) {
      Document document = DocumentReader.newDocument();
      Element detail = document.createElementNS(null, "detail");
      detail.appendChild(document.importNode(errors, true));
      return detail;
    }
  }
}
