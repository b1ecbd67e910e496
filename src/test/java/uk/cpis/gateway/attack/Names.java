package uk.cpis.gateway.attack;

import uk.cpis.gateway.security.AddressingVersion;

/** The names that attackers use as well as we do. */
final class Names {
  static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
  static final String SOAP_12 = "http://www.w3.org/2003/05/soap-envelope";
  static final String DS = "http://www.w3.org/2000/09/xmldsig#";
  static final String MORE = "http://www.w3.org/2001/04/xmldsig-more#";
  static final String XMLENC = "http://www.w3.org/2001/04/xmlenc#";
  static final String SHA256 = XMLENC + "sha256";
  static final String C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
  static final String INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
  static final String XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116";
  static final String XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116";
  static final String FILTER = "http://www.w3.org/2002/06/xmldsig-filter2";
  static final String WSA = AddressingVersion.V2005_08.namespace();
  static final String WSA_2004 = AddressingVersion.V2004_08.namespace();
  private static final String WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
  static final String WSSE = WSS + "wssecurity-secext-1.0.xsd";
  static final String WSU = WSS + "wssecurity-utility-1.0.xsd";
  static final String X509 = WSS + "x509-token-profile-1.0#";
  static final String STR_TRANSFORM = WSS + "soap-message-security-1.0#STR-Transform";
  static final String BASE64 = WSS + "soap-message-security-1.0#Base64Binary";
  static final String THUMBPRINT =
      "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1";

  private Names() {}
}
