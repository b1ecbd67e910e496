package uk.cpis.gateway.security;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
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
import org.apache.cxf.staxutils.W3CDOMStreamWriter;
import org.w3c.dom.Document;
import uk.cpis.gateway.pki.KeyMaterial;

/**
 * Lets CXF write the bare envelope into a document, then signs it and sends the bytes: replies,
 * requests, and the faults of either. Nothing is sent before it is signed. Safe for threads.
 */
final class SigningInterceptor extends AbstractSoapInterceptor {
  private final MessageSigner signer;
  private final BiFunction<SoapMessage, Document, Departure> departures;

  /** With which headers and which key a message leaves. */
  record Departure(MessageHeaders headers, KeyMaterial key) {}

  SigningInterceptor(
      MessageSigner signer, BiFunction<SoapMessage, Document, Departure> departures) {
    super(Phase.PRE_STREAM);
    addBefore(StaxOutInterceptor.class.getName());
    this.signer = signer;
    this.departures = departures;
  }

  @Override
  public void handleMessage(SoapMessage message) {
    if (answersGet(message.getExchange())) {
      return;
    }
    Document envelope = DocumentReader.newDocument();
    message.setContent(XMLStreamWriter.class, new W3CDOMStreamWriter(envelope));
    message.put(Message.ENCODING, StandardCharsets.UTF_8.name());
    message.put(AbstractOutDatabindingInterceptor.DISABLE_OUTPUTSTREAM_OPTIMIZATION, true);
    message.getInterceptorChain().add(new Ending(envelope));
  }

  private static boolean answersGet(Exchange exchange) {
    Message request = exchange.getInMessage();
    return request != null && "GET".equals(request.get(Message.HTTP_REQUEST_METHOD));
  }

  /** When the envelope is complete. For one message. */
  private final class Ending extends AbstractSoapInterceptor {
    private final Document envelope;

    Ending(Document envelope) {
      super(Phase.PRE_STREAM_ENDING);
      this.envelope = envelope;
    }

    @Override
    public void handleMessage(SoapMessage message) {
      Departure departure = departures.apply(message, envelope);
      byte[] bytes = signer.sign(envelope, departure.headers(), departure.key());
      try {
        OutputStream out = message.getContent(OutputStream.class);
        out.write(bytes);
        out.flush();
      } catch (IOException e) {
        throw new SoapFault("the message could not be sent", e, Soap11.getInstance().getReceiver());
      }
    }
  }
}
