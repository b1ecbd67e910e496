package uk.cpis.gateway.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds the authority by the port a request came in on, and carries bytes to it and back. */
final class AuthorityDoor extends Handler.Abstract {
  private static final int MOST_BYTES = 256 * 1024;
  private static final int UNAVAILABLE = 503;
  private static final int TOO_LARGE = 413;
  private static final byte[] NO_SOAP = "all is well".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern CHARSET =
      Pattern.compile("(?i)charset\\s*=\\s*\"?([A-Za-z0-9._-]+)");

  private final Map<String, SimulatedAuthority> authorities;

  /** Authorities by the names of their connectors. */
  AuthorityDoor(Map<String, SimulatedAuthority> authorities) {
    this.authorities = authorities;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    byte[] message;
    try (InputStream body = Request.asInputStream(request)) {
      message = body.readNBytes(MOST_BYTES + 1);
    }
    SimulatedAuthority authority =
        authorities.get(request.getConnectionMetaData().getConnector().getName());
    if (message.length > MOST_BYTES) {
      response.setStatus(TOO_LARGE);
      callback.succeeded();
      return true;
    }
    switch (authority.behaviour()) {
      case STALL -> {}
      case UNAVAILABLE -> {
        response.setStatus(UNAVAILABLE);
        callback.succeeded();
      }
      case RESET -> reset(request, callback);
      case GARBAGE -> write(new SimulatedAuthority.Reply(200, NO_SOAP), response, callback);
      default ->
          write(
              authority.answer(message, charset(request), header(request, "SOAPAction")),
              response,
              callback);
    }
    return true;
  }

  /** Without a word: the other side reads that its peer reset the connection. */
  private static void reset(Request request, Callback callback) throws IOException {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    if (endPoint.getTransport() instanceof SocketChannel channel) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    }
    callback.failed(new EofException("reset, as it was told to"));
  }

  private static void write(SimulatedAuthority.Reply reply, Response response, Callback callback) {
    response.setStatus(reply.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/xml; charset=utf-8");
    response.write(true, ByteBuffer.wrap(reply.body()), callback);
  }

  private static Optional<String> charset(Request request) {
    return header(request, "Content-Type")
        .map(CHARSET::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1));
  }

  private static Optional<String> header(Request request, String name) {
    return Optional.ofNullable(request.getHeaders().getField(name)).map(HttpField::getValue);
  }
}
