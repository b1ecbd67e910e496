package uk.cpis.gateway.security;

import java.util.Set;

/** Names algorithms for the operator without repeating what a stranger wrote. */
final class Algorithms {
  private static final Set<String> KNOWN =
      Set.of(
          Names.DS + "rsa-sha1",
          Names.DS + "dsa-sha1",
          Names.DS + "hmac-sha1",
          Names.DS + "sha1",
          Names.DS + "base64",
          Names.ENVELOPED_SIGNATURE,
          Names.EXCLUSIVE_C14N,
          Names.EXCLUSIVE_C14N_WITH_COMMENTS,
          "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
          "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
          "http://www.w3.org/2006/12/xml-c14n11",
          "http://www.w3.org/TR/1999/REC-xslt-19991116",
          "http://www.w3.org/TR/1999/REC-xpath-19991116",
          "http://www.w3.org/2002/06/xmldsig-filter2",
          "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
          "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
          "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1");

  private Algorithms() {}

  static String describe(String algorithm) {
    if (algorithm.isEmpty()) {
      return "no algorithm";
    }
    return KNOWN.contains(algorithm) ? algorithm : "an algorithm that is not known";
  }
}
