package uk.cpis.gateway.security;

import javax.xml.namespace.QName;

/**
 * One operation of a contract: which body and which {@code wsa:Action} belong together, in the
 * request and in the reply.
 */
public record Operation(QName request, String action, QName reply, String replyAction) {

  /**
   * The operation of this action in a contract of this house: its bodies stand in the contract's
   * namespace and are called by the last part of the action, with {@code Request} and {@code
   * Response}.
   */
  public static Operation of(String namespace, String action) {
    String name = action.substring(action.lastIndexOf('/') + 1);
    return new Operation(
        new QName(namespace, name + "Request"),
        action,
        new QName(namespace, name + "Response"),
        action + "Response");
  }
}
