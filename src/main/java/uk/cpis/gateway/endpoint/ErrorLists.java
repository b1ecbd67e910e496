package uk.cpis.gateway.endpoint;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import java.util.UUID;
import javax.xml.transform.dom.DOMResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import uk.cpis.gateway.contract.types.ErrorListType;
import uk.cpis.gateway.contract.types.ErrorType;
import uk.cpis.gateway.contract.types.ObjectFactory;
import uk.cpis.gateway.contract.types.SeverityCode;

/** Writes the contract's error list, the detail of every fault. Safe for threads. */
final class ErrorLists {

  private static final String SPINE = "urn:nhs:names:error:tms";
  private static final String GATEWAY = "urn:nhs-cpis:gateway:error:v1";
  private static final JAXBContext TYPES = types();

  private ErrorLists() {}

  /** The decisive error first: the Spine's, where one fits, then the gateway's own. */
  static Element of(FaultText told, UUID reference) {
    ErrorListType list = new ErrorListType();
    list.setReference(reference.toString());
    told.spine()
        .map(spine -> error(SPINE, spine.code(), told.location(), spine.text()))
        .ifPresent(list.getError()::add);
    list.getError().add(error(GATEWAY, told.code(), told.location(), told.text()));
    return element(list);
  }

  private static ErrorType error(String context, String code, String location, String text) {
    ErrorType error = new ErrorType();
    error.setCodeContext(context);
    error.setCode(code);
    error.setSeverity(SeverityCode.ERROR);
    error.setLocation(location);
    error.setDescription(text);
    return error;
  }

  private static Element element(ErrorListType list) {
    DOMResult result = new DOMResult();
    try {
      TYPES.createMarshaller().marshal(new ObjectFactory().createErrorList(list), result);
    } catch (JAXBException e) {
      throw new IllegalStateException("an error list cannot be written", e);
    }
    return ((Document) result.getNode()).getDocumentElement();
  }

  private static JAXBContext types() {
    try {
      return JAXBContext.newInstance(ObjectFactory.class);
    } catch (JAXBException e) {
      throw new IllegalStateException("the contract's types cannot be used", e);
    }
  }
}
