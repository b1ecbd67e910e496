package uk.cpis.gateway.endpoint;

import java.util.Optional;
import java.util.UUID;
import javax.xml.stream.XMLStreamReader;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.interceptor.AbstractSoapInterceptor;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.Phase;
import org.apache.cxf.staxutils.DepthXMLStreamReader;
import org.apache.cxf.staxutils.W3CDOMStreamReader;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import uk.cpis.gateway.security.MessageRefused;
import uk.cpis.gateway.security.VerifiedMessage;

/**
 * Turns whatever ended a request into one of our faults, before it is written and signed: nothing
 * that an exception says leaves the gateway. What security refused is a fault of ours already.
 * Shared between threads.
 */
final class FaultInterceptor extends AbstractSoapInterceptor {

  private final RefusalLog log;

  FaultInterceptor(RefusalLog log) {
    super(Phase.SETUP);
    this.log = log;
  }

  @Override
  public void handleMessage(SoapMessage message) {
    Exception thrown = message.getContent(Exception.class);
    if (MessageRefused.in(thrown).isEmpty()) {
      message.setContent(Exception.class, fault(message, thrown));
    }
  }

  private SoapFault fault(SoapMessage message, Exception thrown) {
    UUID reference = UUID.randomUUID();
    FaultText told = told(message, thrown, reference);
    SoapFault fault = new SoapFault(told.text(), told.faultCode());
    fault.setDetail(detail(ErrorLists.of(told, reference)));
    if (told == Faults.NO_SUCH_DOCUMENT) {
      fault.setStatusCode(HttpRefusal.NO_SUCH_ENDPOINT.status());
    }
    return fault;
  }

  private FaultText told(SoapMessage message, Exception thrown, UUID reference) {
    Optional<VerifiedMessage> verified =
        Optional.ofNullable(message.getExchange().get(VerifiedMessage.class));
    Optional<Rejected> rejected = Rejected.in(thrown);
    if (verified.isPresent() && rejected.isPresent()) {
      FaultText told = Faults.of(rejected.get().reason());
      log.refused(reference, told, reason(rejected.get()), verified.get());
      return told;
    }
    if (verified.isPresent() && SchemaFault.is(thrown)) {
      String place = place(message);
      FaultText told = Faults.NOT_THE_CONTRACT.at(place);
      log.refused(reference, told, schema(thrown, place), verified.get());
      return told;
    }
    if (asksForContract(message)) {
      return Faults.NO_SUCH_DOCUMENT;
    }
    log.broke(reference, thrown, verified);
    return Faults.UNEXPECTED;
  }

  private static RefusalLog.Reason reason(Rejected rejected) {
    return new RefusalLog.Reason(
        rejected.reason().name(), Advice.on(rejected.reason()), rejected.found());
  }

  private static RefusalLog.Reason schema(Exception thrown, String place) {
    String rule = SchemaFault.rule(thrown);
    return new RefusalLog.Reason(rule, Advice.SCHEMA, "a breach of " + rule + " at " + place);
  }

  /** Where reading stopped: the body is read from the document that was verified. */
  private static String place(SoapMessage message) {
    Message request = message.getExchange().getInMessage();
    XMLStreamReader reader = request == null ? null : request.getContent(XMLStreamReader.class);
    while (reader instanceof DepthXMLStreamReader wrapped) {
      reader = wrapped.getReader();
    }
    return reader instanceof W3CDOMStreamReader document && document.getCurrentElement() != null
        ? SchemaPlace.of(document.getCurrentElement())
        : Faults.NOT_THE_CONTRACT.location();
  }

  private static boolean asksForContract(SoapMessage message) {
    Message request = message.getExchange().getInMessage();
    return request != null && "GET".equals(request.get(Message.HTTP_REQUEST_METHOD));
  }

  private static Element detail(Element errors) {
    Document document = errors.getOwnerDocument();
    Element detail = document.createElementNS(null, "detail");
    document.replaceChild(detail, errors);
    detail.appendChild(errors);
    return detail;
  }
}
