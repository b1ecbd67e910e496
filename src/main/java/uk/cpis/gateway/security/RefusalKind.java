package uk.cpis.gateway.security;

import javax.xml.namespace.QName;

/**
 * What a refusal is to the caller. A security refusal says the same for every cause, so that a
 * stranger learns nothing; the others tell an honest developer what to mend.
 */
public enum RefusalKind {
  MALFORMED(Names.SOAP, "Client", "The message is malformed. Required: "),
  VERSION_MISMATCH(Names.SOAP, "VersionMismatch", "The message is refused. Required: "),
  NOT_UNDERSTOOD(Names.SOAP, "MustUnderstand", "The message is refused. Required: "),
  STALE(Names.WSU, "MessageExpired", "The message is not fresh. Required: "),
  SECURITY(Names.WSSE, "InvalidSecurity", "The security of the message could not be verified.");

  private final QName faultCode;
  private final String text;

  RefusalKind(String namespace, String code, String text) {
    this.faultCode = new QName(namespace, code);
    this.text = text;
  }

  /** The faultcode of the SOAP fault. */
  public QName faultCode() {
    return faultCode;
  }

  String textFor(RefusalCause cause) {
    return this == SECURITY ? text : text + cause.required() + ".";
  }
}
