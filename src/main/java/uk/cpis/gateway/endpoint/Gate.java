package uk.cpis.gateway.endpoint;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;

/** What a request's head must look like before its body is read (cpis.md §4). Pure. */
final class Gate {

  private static final String CONTRACT_QUERY = "(?i)wsdl|xsd=[A-Za-z0-9._/-]{1,100}";

  private Gate() {}

  /** Whether the request asks for the contract instead of sending a message. */
  static boolean asksForContract(Request request) {
    String query = request.getHttpURI().getQuery();
    return HttpMethod.GET.is(request.getMethod()) && query != null && query.matches(CONTRACT_QUERY);
  }

  /** Why the message is not even read; empty when it may be. */
  static Optional<HttpRefusal> refusal(Request request, EndpointLimit limit) {
    if (!HttpMethod.POST.is(request.getMethod())) {
      return Optional.of(HttpRefusal.METHOD);
    }
    if (request.getHeaders().contains(HttpHeader.CONTENT_ENCODING) || !isTextXml(request)) {
      return Optional.of(HttpRefusal.MEDIA_TYPE);
    }
    return request.getLength() > limit.bodyBytes()
        ? Optional.of(HttpRefusal.TOO_LARGE)
        : Optional.empty();
  }

  /** Said once: of two types, or two charsets, one reader takes the first and another the last. */
  private static boolean isTextXml(Request request) {
    List<String> types = request.getHeaders().getValuesList(HttpHeader.CONTENT_TYPE);
    if (types.size() != 1) {
      return false;
    }
    String[] parts = types.get(0).split(";");
    List<String> charsets =
        Arrays.stream(parts)
            .skip(1)
            .map(part -> part.strip().toLowerCase(Locale.ROOT))
            .filter(part -> part.startsWith("charset"))
            .toList();
    return parts[0].strip().equalsIgnoreCase("text/xml")
        && charsets.size() <= 1
        && charsets.stream().allMatch(Gate::isKnown);
  }

  /** In one that nobody knows no fault could be written either. */
  private static boolean isKnown(String parameter) {
    String name = parameter.substring(parameter.indexOf('=') + 1).replace("\"", "").strip();
    try {
      return Charset.isSupported(name);
    } catch (IllegalArgumentException noName) {
      return false;
    }
  }
}
