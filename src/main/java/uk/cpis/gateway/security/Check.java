package uk.cpis.gateway.security;

/** The checks of a message, in their order. */
public enum Check {
  DOCUMENT("reading the document, within its limits"),
  ENVELOPE("the envelope"),
  ADDRESSING("WS-Addressing"),
  IDS("ids that are unique"),
  HEADERS("headers that must be understood"),
  MESSAGE_ID("the message id"),
  AGREEMENT("address, action and body agree"),
  SECURITY_HEADER("the security header"),
  FRESHNESS("the Timestamp is fresh"),
  SIGNATURE_FORM("the signature's form and algorithms"),
  COVERAGE("every part that is read is signed"),
  CERTIFICATE("the signer's certificate is trusted"),
  SIGNER("the signer is the one expected"),
  SIGNATURE("the signature fits");

  private final String words;

  Check(String words) {
    this.words = words;
  }

  /** What is checked, in words. */
  public String words() {
    return words;
  }
}
