package uk.cpis.gateway.outbound;

import java.util.Arrays;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/**
 * The codes of a fault that decide whether a sender may try again (cpis.md §4). Any other code says
 * nothing about that.
 */
enum SpineFault {
  SYSTEM_FAILURE("200", true),
  MALFORMED("201", false),
  DELIVERY("206", true),
  STORAGE("208", true);

  private static final String TYPES = "urn:nhs-cpis:gateway:types:v1";

  private final String code;
  private final boolean retryable;

  SpineFault(String code, boolean retryable) {
    this.code = code;
    this.retryable = retryable;
  }

  /** The first, and so decisive, error of a verified fault, when its code is one of these. */
  static Optional<SpineFault> of(Document fault) {
    NodeList codes = ContractXml.payload(fault).getElementsByTagNameNS(TYPES, "code");
    if (codes.getLength() == 0) {
      return Optional.empty();
    }
    String first = codes.item(0).getTextContent().strip();
    return Arrays.stream(values()).filter(each -> each.code.equals(first)).findFirst();
  }

  String code() {
    return code;
  }

  boolean retryable() {
    return retryable;
  }
}
