package uk.cpis.gateway.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import uk.cpis.gateway.simulator.Estate;

/**
 * Finds ports on the loopback address that nobody listens on, below those that systems hand out.
 */
final class FreePorts {

  private static final int FIRST = 12_000;
  private static final int LAST = 32_000;
  private static final int TRIES = 200;

  private FreePorts() {}

  /** Ports in one row for a gateway, its operations and so many authorities. */
  static Estate.Ports forAuthorities(int authorities) {
    int row = authorities + 2;
    for (int i = 0; i < TRIES; i++) {
      int first = ThreadLocalRandom.current().nextInt(FIRST, LAST - row);
      if (IntStream.range(first, first + row).allMatch(FreePorts::free)) {
        return new Estate.Ports(first, first + 1, first + 2);
      }
    }
    throw new BenchException("there are not " + row + " free ports in a row");
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
