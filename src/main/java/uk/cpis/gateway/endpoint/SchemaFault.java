package uk.cpis.gateway.endpoint;

import jakarta.xml.bind.UnmarshalException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.apache.cxf.interceptor.Fault;
import org.xml.sax.SAXException;

/** Recognises that a body did not conform to the schema, from what CXF and JAXB throw. */
final class SchemaFault {

  private static final Pattern RULE = Pattern.compile("\\b(cvc-[a-z]+(?:[.-][a-z0-9]+){0,8})\\b");

  private SchemaFault() {}

  static boolean is(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnmarshalException
          || cause instanceof SAXException
          || cause instanceof XMLStreamException
          || (cause instanceof Fault fault
              && Fault.FAULT_CODE_CLIENT.equals(fault.getFaultCode()))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The rule of the schema standard that was broken; a word of the standard, never of a message.
   */
  static String rule(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Matcher rule = RULE.matcher(String.valueOf(cause.getMessage()));
      if (rule.find()) {
        return rule.group(1);
      }
    }
    return "schema";
  }
}
