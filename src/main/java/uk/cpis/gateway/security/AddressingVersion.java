package uk.cpis.gateway.security;

import java.util.Arrays;
import java.util.Optional;

/**
 * The versions of WS-Addressing that are understood; an answer comes in the version of its
 * question.
 */
public enum AddressingVersion {
  V2005_08("http://www.w3.org/2005/08/addressing", "/anonymous", "/soap/fault"),
  /** The version of the real Spine. */
  V2004_08("http://schemas.xmlsoap.org/ws/2004/08/addressing", "/role/anonymous", "/fault");

  private final String namespace;
  private final String anonymous;
  private final String faultAction;

  AddressingVersion(String namespace, String anonymous, String faultAction) {
    this.namespace = namespace;
    this.anonymous = namespace + anonymous;
    this.faultAction = namespace + faultAction;
  }

  static Optional<AddressingVersion> ofNamespace(String namespace) {
    return Arrays.stream(values()).filter(each -> each.namespace.equals(namespace)).findFirst();
  }

  public String namespace() {
    return namespace;
  }

  /** The address that means: the connection the question came on. */
  public String anonymous() {
    return anonymous;
  }

  /** The {@code wsa:Action} of a SOAP fault. */
  public String faultAction() {
    return faultAction;
  }
}
