package uk.cpis.gateway.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.testing.TestCertificates;

/** A TLS server that answers some requests on each connection by a script, byte by byte. */
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final AtomicInteger connections = new AtomicInteger();

  /** Writes what it likes. */
  interface Script {
    void answer(int connection, OutputStream out) throws IOException, InterruptedException;
  }

  /** Closes each connection after one answer. */
  ScriptedServer(Script script) throws IOException {
    this(1, script);
  }

  ScriptedServer(int answersOfAConnection, Script script) throws IOException {
    TlsEndpoint tls =
        TlsEndpoint.server(
            TestCertificates.all().authorityTls(new OdsCode("TWH")).keyMaterial(),
            TestCertificates.paths(),
            InstantSource.system(),
            refused -> {});
    this.socket =
        tls.context()
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> serve(answersOfAConnection, script), "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  URI address() {
    return URI.create("https://127.0.0.1:" + socket.getLocalPort() + "/cpis/notification");
  }

  int connections() {
    return connections.get();
  }

  private void serve(int answers, Script script) {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        int number = connections.incrementAndGet();
        for (int i = 0; i < answers; i++) {
          readHead(connection.getInputStream());
          script.answer(number, connection.getOutputStream());
        }
      } catch (IOException e) {
        // The client went away, or the test is over: the next connection shows which.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = in.read();
      if (read < 0) {
        throw new IOException("closed");
      }
      head.append((char) read);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring("content-length:".length()).strip()))
            .findFirst()
            .orElse(0);
    in.readNBytes(length);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
