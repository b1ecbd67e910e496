package uk.cpis.gateway.endpoint;

import java.util.Optional;
import javax.xml.namespace.QName;

/**
 * What a sender is told of one refusal: a constant text with a code of its own, whose fault it is,
 * and where one fits the Spine's code, which says whether the message may be sent again.
 */
record FaultText(
    QName faultCode, Optional<SpineCode> spine, String code, String location, String text) {

  private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

  /** The codes of the Spine's own list that this gateway uses (cpis.md §4). */
  enum SpineCode {
    SYSTEM_FAILURE("200", "System failure. The message may be sent again as it is."),
    MALFORMED("201", "Malformed message. It must be mended before it is sent again."),
    STORAGE("208", "Storage problem. The message may be sent again as it is.");

    private final String code;
    private final String text;

    SpineCode(String code, String text) {
      this.code = code;
      this.text = text;
    }

    String code() {
      return code;
    }

    String text() {
      return text;
    }
  }

  /** The sender may not, or not so; sending the same again changes nothing. */
  static FaultText refused(String code, String location, String text) {
    return new FaultText(client(), Optional.empty(), code, location, text);
  }

  /** The message cannot be understood; whoever maintains the sending system must mend it. */
  static FaultText malformed(String code, String location, String text) {
    return new FaultText(client(), Optional.of(SpineCode.MALFORMED), code, location, text);
  }

  /** The gateway could not; the same message may be sent again. */
  static FaultText failed(SpineCode spine, String code, String text) {
    return new FaultText(new QName(SOAP, "Server"), Optional.of(spine), code, "gateway", text);
  }

  FaultText withFaultCode(QName other) {
    return new FaultText(other, spine, code, location, text);
  }

  /** The same, told of one place in the message. */
  FaultText at(String place) {
    return new FaultText(faultCode, spine, code, place, text);
  }

  private static QName client() {
    return new QName(SOAP, "Client");
  }
}
