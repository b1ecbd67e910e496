package uk.cpis.gateway.security;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamReader;
import org.apache.cxf.binding.soap.Soap11;
import org.apache.cxf.binding.soap.SoapBindingConstants;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.interceptor.AttachmentInInterceptor;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.staxutils.W3CDOMStreamReader;

/**
 * Verifies what comes in before CXF reads any of it, and gives CXF the verified document to read
 * from, so that what the application sees is what was signed. Safe for threads.
 */
final class VerifyingInterceptor extends AbstractSoapInterceptor {
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CONTRACT =
      Pattern.compile("(wsdl|xsd)(=.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final MessageVerifier verifier;
  private final Arrivals arrivals;

  /** What the server's and the client's side do differently. */
  interface Arrivals {
    Expectations expected(SoapMessage message);

    void verified(SoapMessage message, Verification.Verified verified);

    /** The fault that the refusal ends in. */
    SoapFault refused(SoapMessage message, Verification.Refused refused);
  }

  VerifyingInterceptor(MessageVerifier verifier, Arrivals arrivals) {
    super(Phase.RECEIVE);
    addBefore(AttachmentInInterceptor.class.getName());
    this.verifier = verifier;
    this.arrivals = arrivals;
  }

  @Override
  public Set<QName> getUnderstoodHeaders() {
    return Understood.HEADERS;
  }

  @Override
  public void handleMessage(SoapMessage message) {
    if (asksForContract(message)) {
      return;
    }
    Verification verification =
        verifier.verify(bytes(message), charset(message), arrivals.expected(message));
    if (verification instanceof Verification.Verified verified) {
      arrivals.verified(message, verified);
      message.setContent(XMLStreamReader.class, new W3CDOMStreamReader(verified.document()));
    } else if (verification instanceof Verification.Refused refused) {
      keepOutOfTheLog(message);
      throw arrivals.refused(message, refused);
    }
  }

  /** A GET may ask for the WSDL and its schemas, and for nothing else. */
  private static boolean asksForContract(Message message) {
    Object method = message.get(Message.HTTP_REQUEST_METHOD);
    if (method == null || method.equals("POST")) {
      return false;
    }
    String query = String.valueOf(message.get(Message.QUERY_STRING));
    if (method.equals("GET") && CONTRACT.matcher(query).matches()) {
      return true;
    }
    keepOutOfTheLog(message);
    SoapFault fault = new SoapFault("POST is required", Soap11.getInstance().getSender());
    fault.setStatusCode(405);
    throw fault;
  }

  /** A refusal is told once, to whom it concerns; CXF would log it with its stack. */
  private static void keepOutOfTheLog(Message message) {
    FaultListener silent = (exception, description, faulty) -> false;
    message.put(FaultListener.class.getName(), silent);
  }

  static Optional<String> soapAction(Message message) {
    Map<?, ?> headers = (Map<?, ?>) message.get(Message.PROTOCOL_HEADERS);
    Object values = headers == null ? null : headers.get(SoapBindingConstants.SOAP_ACTION);
    return values instanceof List<?> list && !list.isEmpty()
        ? Optional.of(String.join(",", list.stream().map(String::valueOf).distinct().toList()))
        : Optional.empty();
  }

  private static byte[] bytes(SoapMessage message) {
    try (InputStream in = message.getContent(InputStream.class)) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new SoapFault("the message broke off", e, Soap11.getInstance().getSender());
    }
  }

  private static Optional<String> charset(SoapMessage message) {
    Matcher matcher = CHARSET.matcher(String.valueOf(message.get(Message.CONTENT_TYPE)));
    return matcher.find()
        ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }
}
