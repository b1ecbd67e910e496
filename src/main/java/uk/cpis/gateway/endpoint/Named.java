package uk.cpis.gateway.endpoint;

import uk.cpis.gateway.domain.OdsCode;

/** What a refused message named, in the words that an operator is told. */
final class Named {

  private Named() {}

  static String authority(OdsCode authority) {
    return "a message for authority " + authority;
  }
}
