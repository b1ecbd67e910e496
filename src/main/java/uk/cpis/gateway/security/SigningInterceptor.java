package uk.cpis.gateway.security;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.xml.stream.XMLStreamWriter;
import org.apache.cxf.binding.soap.Soap11;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.interceptor.AbstractOutDatabindingInterceptor;
import org.apache.cxf.interceptor.StaxOutInterceptor;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.staxutils.W3CDOMStreamWriter;
import org.w3c.dom.Document;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.pki.KeyMaterial;

/**
 * Lets CXF write the bare envelope of a reply or a fault into a document, then signs it and sends
 * the bytes; nothing is sent before it is signed. The fault of a request that could not be verified
 * has no RelatesTo, since nothing in it is believed. Safe for threads.
 */
final class SigningInterceptor extends AbstractSoapInterceptor {
  private final MessageSigner signer;
  private final Function<SignatureKind, KeyMaterial> keys;

  SigningInterceptor(MessageSigner signer, Function<SignatureKind, KeyMaterial> keys) {
    super(Phase.PRE_STREAM);
    addBefore(StaxOutInterceptor.class.getName());
    this.signer = signer;
    this.keys = keys;
  }

  @Override
  public void handleMessage(SoapMessage message) {
    if (answersGet(message.getExchange())) {
      return;
    }
    Document envelope = Documents.empty();
    message.setContent(XMLStreamWriter.class, new W3CDOMStreamWriter(envelope));
    Charset charset = charset(message.getExchange());
    message.put(Message.ENCODING, charset.name());
    message.put(AbstractOutDatabindingInterceptor.DISABLE_OUTPUTSTREAM_OPTIMIZATION, true);
    message.getInterceptorChain().add(new Ending(envelope, charset));
  }

  private static boolean answersGet(Exchange exchange) {
    Message request = exchange.getInMessage();
    return request != null && "GET".equals(request.get(Message.HTTP_REQUEST_METHOD));
  }

  /**
   * UTF-8, but UTF-16 to a verified request that says it is in that: old clients that write it read
   * nothing else. The signature holds in any encoding.
   */
  private static Charset charset(Exchange exchange) {
    boolean utf16 =
        exchange.get(VerifiedMessage.class) != null
            && VerifyingInterceptor.charset(exchange.getInMessage())
                .filter(stated -> stated.regionMatches(true, 0, "utf-16", 0, "utf-16".length()))
                .isPresent();
    return utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }

  private byte[] signed(Document envelope, Exchange exchange) {
    Optional<VerifiedMessage> request = Optional.ofNullable(exchange.get(VerifiedMessage.class));
    AddressingVersion version =
        request.map(VerifiedMessage::addressingVersion).orElseGet(() -> versionSeen(exchange));
    MessageHeaders headers =
        MessageHeaders.reply(
            version,
            action(envelope, exchange, version),
            new MessageId(UUID.randomUUID()),
            request.map(VerifiedMessage::messageIdAsSent));
    SignatureKind kind = request.map(VerifiedMessage::signatureKind).orElse(SignatureKind.RSA);
    return signer.sign(envelope, headers, keys.apply(kind));
  }

  private static AddressingVersion versionSeen(Exchange exchange) {
    AddressingVersion seen = exchange.get(AddressingVersion.class);
    return seen == null ? AddressingVersion.V2005_08 : seen;
  }

  private static String action(Document envelope, Exchange exchange, AddressingVersion version) {
    EndpointInfo contract = exchange.getEndpoint().getEndpointInfo();
    return Envelope.bareFault(envelope)
        ? Operations.faultAction(contract).orElse(version.faultAction())
        : Operations.of(exchange.getBindingOperationInfo()).replyAction();
  }

  /** When the envelope is complete. For one message. */
  private final class Ending extends AbstractSoapInterceptor {
    private final Document envelope;
    private final Charset charset;

    Ending(Document envelope, Charset charset) {
      super(Phase.PRE_STREAM_ENDING);
      this.envelope = envelope;
      this.charset = charset;
    }

    @Override
    public void handleMessage(SoapMessage message) {
      byte[] bytes = signed(envelope, message.getExchange());
      try {
        OutputStream out = message.getContent(OutputStream.class);
        out.write(inCharset(bytes));
        out.flush();
      } catch (IOException e) {
        throw new SoapFault("the message could not be sent", e, Soap11.getInstance().getReceiver());
      }
    }

    /** What is signed is UTF-8 and has no XML declaration; UTF-16 gets its byte order mark. */
    private byte[] inCharset(byte[] signed) {
      return charset.equals(StandardCharsets.UTF_8)
          ? signed
          : new String(signed, StandardCharsets.UTF_8).getBytes(charset);
    }
  }
}
