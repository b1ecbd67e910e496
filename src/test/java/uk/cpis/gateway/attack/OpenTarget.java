package uk.cpis.gateway.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.cpis.gateway.testing.TestGateway;

/** Keeps a gateway open for scanners, until its input ends: {@code src/test/tls/run}. */
public final class OpenTarget {

  private OpenTarget() {}

  /** Prints the port as soon as it listens. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    try (TestGateway gateway = TestGateway.open(folder)) {
      System.out.println("port " + gateway.address().getPort());
      while (System.in.read() >= 0) {
        // Until whoever started it has done.
      }
    }
  }
}
