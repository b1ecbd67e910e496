package uk.cpis.gateway.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.pki.TlsEndpoint;

/**
 * One kept-alive connection over mutual TLS, as cheap as can be, so that the load costs little
 * beside what it measures. For one thread; only closing is for any.
 */
public final class LoadConnection implements AutoCloseable {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final int BUFFER_BYTES = 16 * 1024;

  private final SSLSocket socket;
  private final InputStream in;
  private final String head;

  private LoadConnection(SSLSocket socket, InputStream in, String head) {
    this.socket = socket;
    this.in = in;
    this.head = head;
  }

  /** Connects and shakes hands; every request will be a query. */
  public static LoadConnection open(URI queries, TlsEndpoint client) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            client.context().getSocketFactory().createSocket(queries.getHost(), queries.getPort());
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) LONGEST_WAIT.toMillis());
      socket.setSSLParameters(client.parameters());
      socket.startHandshake();
      InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
      return new LoadConnection(socket, in, head(queries));
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static String head(URI queries) {
    return "POST "
        + queries.getPath()
        + " HTTP/1.1\r\nHost: "
        + queries.getAuthority()
        + "\r\nContent-Type: text/xml; charset=utf-8\r\nSOAPAction: \""
        + Interaction.QUERY.action()
        + "\"\r\nContent-Length: ";
  }

  /** The version of TLS and the ciphers that both sides agreed on. */
  String protection() {
    return socket.getSession().getProtocol() + ", " + socket.getSession().getCipherSuite();
  }

  /** Sends this message and waits for what comes back. */
  public HttpReply ask(byte[] message) throws IOException {
    byte[] start = (head + message.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] request = Arrays.copyOf(start, start.length + message.length);
    System.arraycopy(message, 0, request, start.length, message.length);
    socket.getOutputStream().write(request);
    return HttpReply.read(in);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
