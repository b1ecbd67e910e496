package uk.cpis.gateway.security;

import static uk.cpis.gateway.security.RefusalKind.MALFORMED;
import static uk.cpis.gateway.security.RefusalKind.NOT_UNDERSTOOD;
import static uk.cpis.gateway.security.RefusalKind.SECURITY;
import static uk.cpis.gateway.security.RefusalKind.STALE;
import static uk.cpis.gateway.security.RefusalKind.VERSION_MISMATCH;

/**
 * Why this package refuses a message: the closed list, each with what it requires and the remedy.
 */
public enum RefusalCause {
  TOO_LARGE(MALFORMED, "a message within the endpoint's size", "Send fewer records at once."),
  ENCODING(
      MALFORMED,
      "UTF-8, UTF-16 or ISO-8859-1, the same in header, XML declaration and bytes",
      "Let the client send UTF-8 and say so once."),
  NOT_WELL_FORMED(MALFORMED, "well-formed XML 1.0", "Look at the place named."),
  DOCUMENT_TYPE(MALFORMED, "no document type declaration", "Let the client send none."),
  PROCESSING_INSTRUCTION(MALFORMED, "no processing instruction", "Let the client send none."),
  TOO_COMPLEX(
      MALFORMED, "a message within the limits of the parser", "Send fewer records at once."),
  SOAP_VERSION(VERSION_MISMATCH, "a SOAP 1.1 envelope", "Let the client use SOAP 1.1."),
  ENVELOPE(MALFORMED, "one Envelope with one Header and then one Body", "Mend the envelope."),
  BODY(MALFORMED, "exactly one element in the Body", "Mend the Body."),
  HEADER_NOT_UNDERSTOOD(
      NOT_UNDERSTOOD,
      "no mustUnderstand header but WS-Security and WS-Addressing",
      "Let the client leave the header out or not demand it."),
  ADDRESSING(
      MALFORMED,
      "WS-Addressing 2005/08 or 2004/08 with Action, MessageID and To exactly once",
      "Switch WS-Addressing on in the client, in one version."),
  MESSAGE_ID(MALFORMED, "a wsa:MessageID of the form urn:uuid:", "Let the client make such ids."),
  REPLY_ADDRESS(
      MALFORMED, "wsa:ReplyTo and wsa:FaultTo absent or anonymous", "Use synchronous replies."),
  WRONG_ADDRESS(
      MALFORMED,
      "a wsa:To that is an address of this endpoint",
      "Let the client say the address as the WSDL states it; compare cpis.http.addresses."),
  OPERATION(MALFORMED, "a body of an operation of this endpoint", "Compare with the WSDL."),
  ACTION(MALFORMED, "the wsa:Action of the operation in the body", "Compare with the WSDL."),
  SOAP_ACTION(
      MALFORMED,
      "a SOAPAction that is absent, empty or the wsa:Action",
      "Compare the SOAPAction with the WSDL."),
  TIMESTAMP_EXPIRED(
      STALE,
      "a Timestamp that has not expired",
      "Compare the clocks; sign the message anew instead of sending a stored one."),
  TIMESTAMP_IN_FUTURE(STALE, "a Timestamp created by now", "Compare the clocks."),
  TIMESTAMP_TOO_LONG(
      STALE, "a Timestamp within the longest life", "Shorten the client's time to live."),
  SECURITY_HEADER(
      SECURITY,
      "one wsse:Security with one Timestamp, one Signature and at most one X.509 token",
      "Configure the client for Timestamp and Signature, nothing else."),
  UNSIGNED(SECURITY, "a signature", "Configure the client to sign."),
  TIMESTAMP(SECURITY, "a Timestamp with Created and Expires", "Configure the client's Timestamp."),
  DUPLICATE_ID(
      SECURITY, "ids that are unique in the message", "A sign of an attack; ask the sender."),
  SIGNATURE_FORM(
      SECURITY,
      "a Signature of SignedInfo, SignatureValue and KeyInfo, every reference to a part by its id",
      "Configure the client's signature as the documents show."),
  ALGORITHM(
      SECURITY,
      "RSA or ECDSA with SHA-256 or better, exclusive canonical form",
      "Configure the client's algorithms as the documents show."),
  REFERENCE(
      SECURITY,
      "references to the Body, header blocks, Timestamp and token only",
      "Sign these parts only, each by its wsu:Id."),
  KEY_REFERENCE(
      SECURITY,
      "the signer's certificate by token, or by issuer and serial, key identifier or thumbprint",
      "Configure the client to send its certificate, one and not a chain, as BinarySecurityToken."),
  CERTIFICATE_UNKNOWN(
      SECURITY,
      "a reference to a registered certificate",
      "Register the sender's certificate, or let the client send it as BinarySecurityToken."),
  CERTIFICATE_REFUSED(
      SECURITY, "a certificate trusted for signing", "See the reason; ask the sender to renew."),
  PART_ALTERED(
      SECURITY,
      "signed parts whose digests fit",
      "Something changed the message after it was signed (a proxy, a formatter, an attack), or the"
          + " client makes another canonical form of the part."),
  SIGNATURE_VALUE(
      SECURITY,
      "a signature that the certificate's key made",
      "Check that the client signs with the key of the certificate it names."),
  NOT_COVERED(
      SECURITY,
      "a signature over Body, Timestamp, Action, MessageID and To",
      "Add the missing part to the client's signed parts."),
  RELATES_TO(SECURITY, "a signed wsa:RelatesTo of the message that was sent", "Ask the partner."),
  ANOTHER_SIGNER(
      SECURITY,
      "a reply signed by a certificate registered for the partner",
      "Register the partner's new certificate, or ask who answered."),
  TRANSPORT(SECURITY, "a client certificate on the connection", "Give the client its certificate."),
  TRANSPORT_REFUSED(
      SECURITY,
      "a client certificate on the connection that is still trusted",
      "See the reason; ask the sender to renew."),
  UNEXPECTED(SECURITY, "a message that can be checked", "Report it with the log's entry.");

  private final RefusalKind kind;
  private final String required;
  private final String remedy;

  RefusalCause(RefusalKind kind, String required, String remedy) {
    this.kind = kind;
    this.required = required;
    this.remedy = remedy;
  }

  public RefusalKind kind() {
    return kind;
  }

  /** What a message must have to pass this check, in words that name nothing of the message. */
  public String required() {
    return required;
  }

  /** What an operator, or the sender's developer, can do about it. */
  public String remedy() {
    return remedy;
  }

  /** The text of the SOAP fault: constant, nothing of the message in it. */
  public String callerText() {
    return kind.textFor(this);
  }
}
