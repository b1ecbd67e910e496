package uk.cpis.gateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Reads requests without a server between, for those who answer them as no server would. */
public final class PostedBody {

  private PostedBody() {}

  /** The body of the next request, by its Content-Length; throws when none comes. */
  public static byte[] read(InputStream in) throws IOException {
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
            .map(line -> line.toLowerCase(Locale.ROOT))
            .filter(line -> line.startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring("content-length:".length()).strip()))
            .findFirst()
            .orElse(0);
    return in.readNBytes(length);
  }
}
