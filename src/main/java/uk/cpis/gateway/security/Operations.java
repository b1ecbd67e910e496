package uk.cpis.gateway.security;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.apache.cxf.binding.soap.model.SoapOperationInfo;
import org.apache.cxf.service.model.BindingOperationInfo;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.service.model.Extensible;
import org.apache.cxf.service.model.MessageInfo;
import org.apache.cxf.service.model.OperationInfo;

/** Reads operations from the contract of an endpoint, so that they are stated once: in the WSDL. */
public final class Operations {
  private static final String WSAM = "http://www.w3.org/2007/05/addressing/metadata";
  private static final QName STATED_ACTION = new QName(WSAM, "Action");

  private Operations() {}

  /** The operations of this endpoint, in the order of the contract. */
  public static List<Operation> of(EndpointInfo endpoint) {
    return endpoint.getBinding().getOperations().stream().map(Operations::of).toList();
  }

  static Operation of(BindingOperationInfo binding) {
    OperationInfo operation = binding.getOperationInfo();
    String action = action(operation.getInput()).orElseGet(() -> soapAction(binding));
    return new Operation(
        element(operation.getInput()),
        action,
        element(operation.getOutput()),
        action(operation.getOutput()).orElse(action + "Response"));
  }

  /** The action of this contract's faults, where it states one. */
  static Optional<String> faultAction(EndpointInfo endpoint) {
    return endpoint.getBinding().getOperations().stream()
        .flatMap(binding -> binding.getOperationInfo().getFaults().stream())
        .flatMap(fault -> action(fault).stream())
        .findFirst();
  }

  private static String soapAction(BindingOperationInfo binding) {
    return binding.getExtensor(SoapOperationInfo.class).getAction();
  }

  private static QName element(MessageInfo message) {
    return message.getFirstMessagePart().getElementQName();
  }

  private static Optional<String> action(Extensible message) {
    return Stream.ofNullable(message.getExtensionAttribute(STATED_ACTION))
        .map(Object::toString)
        .findFirst();
  }
}
