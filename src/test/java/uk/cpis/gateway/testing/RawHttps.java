package uk.cpis.gateway.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.TlsEndpoint;

/** One connection over mutual TLS on which a test writes what it likes. For one thread. */
public final class RawHttps implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)");
  private static final int PATIENCE_MILLIS = 20_000;

  private final SSLSocket socket;

  private RawHttps(SSLSocket socket) {
    this.socket = socket;
  }

  /** What came back: the status, and head and body as text. */
  public record Reply(int status, String text) {}

  /** Connects with this certificate, with any of these TLS versions. */
  public static RawHttps connect(int port, KeyMaterial certificate, String... versions) {
    return connect(
        port,
        TlsEndpoint.client(
            certificate, TestCertificates.paths(), InstantSource.system(), refused -> {}),
        versions);
  }

  /** The same, with what is remembered of earlier connections: the handshake is short. */
  public static RawHttps connect(int port, TlsEndpoint tls, String... versions) {
    try {
      SSLSocket socket =
          (SSLSocket)
              tls.context()
                  .getSocketFactory()
                  .createSocket(InetAddress.getLoopbackAddress().getHostAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      SSLParameters parameters = tls.parameters();
      if (versions.length > 0) {
        parameters.setProtocols(versions);
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return new RawHttps(socket);
    } catch (IOException e) {
      throw new IllegalStateException("cannot connect over TLS", e);
    }
  }

  public String tlsVersion() {
    return socket.getSession().getProtocol();
  }

  public RawHttps send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  public RawHttps send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Nothing more is sent; what comes can still be read. */
  public RawHttps end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** All that comes until the other side closes the connection. */
  public Reply reply() throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    in.transferTo(received);
    String text = received.toString(StandardCharsets.UTF_8);
    int status = text.startsWith("HTTP/1.") ? Integer.parseInt(text.substring(9, 12)) : 0;
    return new Reply(status, text);
  }

  /** Takes so much of what came at the most; below nought when the connection ended. */
  public int some(int most) throws IOException {
    return socket.getInputStream().read(new byte[most]);
  }

  /** What came back, in whatever encoding. */
  public record Message(String head, byte[] body) {}

  /** One answer, on a connection that may stay open. */
  public Reply nextReply() throws IOException {
    Message message = nextMessage();
    String text = message.head() + new String(message.body(), StandardCharsets.UTF_8);
    return new Reply(text.isEmpty() ? 0 : Integer.parseInt(text.substring(9, 12)), text);
  }

  /** The same, as bytes; the head is empty when the connection ended. */
  public Message nextMessage() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = in.read();
      if (octet < 0) {
        return new Message("", new byte[0]);
      }
      head.append((char) octet);
    }
    return new Message(head.toString(), body(head.toString().toLowerCase(Locale.ROOT), in));
  }

  private static byte[] body(String head, InputStream in) throws IOException {
    Matcher length = LENGTH.matcher(head);
    if (length.find()) {
      return in.readNBytes(Integer.parseInt(length.group(1)));
    }
    if (head.contains("transfer-encoding: chunked")) {
      return chunks(in);
    }
    return head.startsWith("http/1.1 1") ? new byte[0] : in.readAllBytes();
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int size = size(in); size > 0; size = size(in)) {
      whole.write(in.readNBytes(size));
      in.readNBytes(2);
    }
    in.readNBytes(2);
    return whole.toByteArray();
  }

  private static int size(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      line.append((char) octet);
    }
    return Integer.parseInt(line.toString().strip(), 16);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
