package uk.cpis.gateway.security;

import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.interceptor.InterceptorProvider;
import org.apache.cxf.message.Exchange;
import org.w3c.dom.Document;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.security.SigningInterceptor.Departure;

/**
 * The security of calls to another system: every request leaves signed, every reply and fault must
 * be signed by a trusted certificate over the same parts and relate to the request. A reply that is
 * refused ends the call with an exception in whose causes {@link MessageRefused} lies. Safe for
 * threads.
 */
public final class ClientSecurity {
  private final MessageVerifier verifier;
  private final MessageSigner signer;
  private final KeyMaterial key;

  public ClientSecurity(MessageVerifier verifier, MessageSigner signer, KeyMaterial key) {
    this.verifier = verifier;
    this.signer = signer;
    this.key = key;
  }

  /** Puts the interceptors around a client; each call needs a {@link PartnerCall}. */
  public void protect(InterceptorProvider client) {
    client.getOutInterceptors().add(new SigningInterceptor(signer, this::departure));
    client.getInInterceptors().add(new VerifyingInterceptor(verifier, new Replies()));
  }

  private Departure departure(SoapMessage message, Document envelope) {
    Exchange exchange = message.getExchange();
    if (!(message.getContextualProperty(PartnerCall.KEY) instanceof PartnerCall call)) {
      throw new IllegalStateException("a call to no partner");
    }
    Operation operation = Operations.of(exchange.getBindingOperationInfo());
    exchange.put(
        Expectations.Reply.class,
        new Expectations.Reply(operation, call.messageId(), call.partner()));
    return new Departure(
        MessageHeaders.request(call.version(), operation.action(), call.messageId(), call.to()),
        key);
  }

  /** Replies as they arrive. */
  private static final class Replies implements VerifyingInterceptor.Arrivals {

    @Override
    public Expectations expected(SoapMessage message) {
      return message.getExchange().get(Expectations.Reply.class);
    }

    @Override
    public void verified(SoapMessage message, Verification.Verified verified) {
      message.getExchange().put(Verification.Verified.class, verified);
    }

    @Override
    public SoapFault refused(SoapMessage message, Verification.Refused refused) {
      RefusalCause cause = refused.refusal().cause();
      return new SoapFault(
          "The reply was refused. Required: " + cause.required(),
          new MessageRefused(refused.refusal()),
          cause.kind().faultCode());
    }
  }
}
