package uk.cpis.gateway.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.staxutils.W3CDOMStreamReader;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.pki.CertificateFingerprints;
import uk.cpis.gateway.pki.CertificateVerdict;
import uk.cpis.gateway.security.ServerSecurity.Refusals;
import uk.cpis.gateway.security.Verification.Refused;
import uk.cpis.gateway.security.Verification.Verified;

/**
 * Verifies a request before CXF reads any of it, and gives CXF the verified document to read from,
 * so that what the application sees is what was signed. Safe for threads.
 */
final class VerifyingInterceptor extends AbstractSoapInterceptor {
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CONTRACT =
      Pattern.compile("(wsdl|xsd)(=.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Set<String> addresses;
  private final MessageVerifier verifier;
  private final SenderLookup senders;
  private final Optional<PeerTrust> peers;
  private final Refusals refusals;

  VerifyingInterceptor(
      Set<String> addresses,
      MessageVerifier verifier,
      SenderLookup senders,
      Optional<PeerTrust> peers,
      Refusals refusals) {
    super(Phase.RECEIVE);
    addBefore(AttachmentInInterceptor.class.getName());
    this.addresses = Set.copyOf(addresses);
    this.verifier = verifier;
    this.senders = senders;
    this.peers = peers;
    this.refusals = refusals;
  }

  @Override
  public Set<QName> getUnderstoodHeaders() {
    return Understood.HEADERS;
  }

  @Override
  public void handleMessage(SoapMessage message) {
    HttpServletRequest request =
        (HttpServletRequest) message.get(AbstractHTTPDestination.HTTP_REQUEST);
    TransportPeer peer = TransportPeer.of(request);
    X509Certificate caller =
        TransportPeer.certificate(request)
            .orElseThrow(() -> fault(peer, new Refusal(RefusalCause.TRANSPORT, "none")));
    boolean unknown = mustStillBeTrusted(message, peer, caller);
    if (asksForContract(message)) {
      return;
    }
    CertificateFingerprint transport = CertificateFingerprints.of(caller);
    Verification verification =
        verifier.verify(bytes(message), charset(message), expected(message));
    if (verification instanceof Refused refused) {
      refused.version().ifPresent(v -> message.getExchange().put(AddressingVersion.class, v));
      answerReadably(message, refused.refusal());
      throw fault(peer, refused.refusal());
    }
    Verified verified = (Verified) verification;
    message.setContent(XMLStreamReader.class, new W3CDOMStreamReader(verified.document()));
    message
        .getExchange()
        .put(
            VerifiedMessage.class,
            new VerifiedMessage(
                verified,
                transport,
                peer.remoteAddress(),
                unknown || !verified.revocationKnown(),
                senders));
  }

  /**
   * The connection goes with the trust that it was opened with.
   *
   * @return whether it is believed only because its revocation may be unknown for a while
   */
  private boolean mustStillBeTrusted(
      SoapMessage message, TransportPeer peer, X509Certificate caller) {
    Optional<CertificateVerdict> verdict = peers.map(trust -> trust.judge(caller));
    Optional<String> objection = verdict.flatMap(PeerTrust::objection);
    if (objection.isPresent()) {
      if (message.get(AbstractHTTPDestination.HTTP_RESPONSE)
          instanceof HttpServletResponse response) {
        response.setHeader("Connection", "close");
      }
      throw fault(peer, new Refusal(RefusalCause.TRANSPORT_REFUSED, objection.get()));
    }
    return verdict.filter(PeerTrust::unknown).isPresent();
  }

  private Expectations expected(SoapMessage message) {
    List<Operation> operations =
        Operations.of(message.getExchange().getEndpoint().getEndpointInfo());
    return new Expectations.Request(addresses, operations, soapAction(message));
  }

  /** The answer comes in the encoding of the question, unless that is none. */
  private static void answerReadably(SoapMessage message, Refusal refusal) {
    if (refusal.cause() == RefusalCause.ENCODING) {
      message.put(Message.ENCODING, StandardCharsets.UTF_8.name());
    }
  }

  /** Tells the operator why, and the caller where the operator finds it. */
  private SoapFault fault(TransportPeer peer, Refusal refusal) {
    RefusedMessage refused = new RefusedMessage(UUID.randomUUID(), refusal, peer);
    refusals.operator().accept(refused);
    RefusalCause cause = refusal.cause();
    SoapFault fault =
        new SoapFault(cause.callerText(), new MessageRefused(refusal), cause.kind().faultCode());
    fault.setDetail(detail(refusals.detail().apply(refused)));
    return fault;
  }

  private static Element detail(Element errors) {
    Document document = Documents.empty();
    Element detail = document.createElementNS(null, "detail");
    detail.appendChild(document.importNode(errors, true));
    return detail;
  }

  /** A GET may ask for the WSDL and its schemas, and for nothing else. */
  private static boolean asksForContract(Message message) {
    Object method = message.get(Message.HTTP_REQUEST_METHOD);
    if ("POST".equals(method)) {
      return false;
    }
    String query = String.valueOf(message.get(Message.QUERY_STRING));
    if ("GET".equals(method) && CONTRACT.matcher(query).matches()) {
      return true;
    }
    SoapFault fault = new SoapFault("POST is required", Soap11.getInstance().getSender());
    fault.setStatusCode(405);
    throw fault;
  }

  /** Several headers that differ state several things, which no action agrees with. */
  private static Optional<String> soapAction(Message message) {
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

  /** What the Content-Type states, where it does. */
  static Optional<String> charset(Message message) {
    Matcher matcher = CHARSET.matcher(String.valueOf(message.get(Message.CONTENT_TYPE)));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
