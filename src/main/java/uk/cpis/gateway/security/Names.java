package uk.cpis.gateway.security;

/** The namespaces and identifiers of the standards, as they stand on the wire. */
final class Names {
  static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
  static final String ACTOR_NEXT = "http://schemas.xmlsoap.org/soap/actor/next";
  static final String DS = "http://www.w3.org/2000/09/xmldsig#";
  static final String EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
  static final String EXCLUSIVE_C14N_WITH_COMMENTS = EXCLUSIVE_C14N + "WithComments";
  static final String ENVELOPED_SIGNATURE = DS + "enveloped-signature";
  static final String XMLNS = "http://www.w3.org/2000/xmlns/";
  static final String XML = "http://www.w3.org/XML/1998/namespace";

  private static final String WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
  private static final String TOKEN_PROFILE = WSS + "x509-token-profile-1.0#";

  static final String WSSE = WSS + "wssecurity-secext-1.0.xsd";
  static final String WSU = WSS + "wssecurity-utility-1.0.xsd";
  static final String X509_V3 = TOKEN_PROFILE + "X509v3";
  static final String SUBJECT_KEY_IDENTIFIER = TOKEN_PROFILE + "X509SubjectKeyIdentifier";
  static final String BASE64 = WSS + "soap-message-security-1.0#Base64Binary";
  static final String THUMBPRINT =
      "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1";

  private Names() {}
}
