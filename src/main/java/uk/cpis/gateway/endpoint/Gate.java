package uk.cpis.gateway.endpoint;

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

  private static boolean isTextXml(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("text/xml");
  }
}
