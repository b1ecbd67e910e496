package uk.cpis.gateway.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens where attacks point to, and counts who comes: nobody must. Safe for threads. */
final class Canary implements AutoCloseable {

  private final ServerSocket socket;
  private final AtomicInteger callers = new AtomicInteger();

  Canary() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Thread listener = new Thread(this::listen, "canary");
    listener.setDaemon(true);
    listener.start();
  }

  /** An address of this scheme that leads here. */
  String url(String scheme) {
    return scheme + "://127.0.0.1:" + socket.getLocalPort() + "/hostile-marker";
  }

  int callers() {
    return callers.get();
  }

  private void listen() {
    while (!socket.isClosed()) {
      try (Socket caller = socket.accept()) {
        callers.incrementAndGet();
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
