package uk.cpis.gateway.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An answer as far as a load client needs it: its status and its body. */
public record HttpReply(int status, byte[] body) {

  private static final int MOST_LINE_BYTES = 8192;
  private static final int MOST_BODY_BYTES = 4 * 1024 * 1024;
  private static final String LENGTH = "content-length:";
  private static final String ENCODING = "transfer-encoding:";

  /** Reads one answer, of a stated length or in chunks, and leaves the stream behind it. */
  static HttpReply read(InputStream in) throws IOException {
    String first = line(in);
    if (!first.startsWith("HTTP/1.1 ")) {
      throw new IOException("the answer is not HTTP/1.1");
    }
    int status = Integer.parseInt(first.substring(9, 12));
    int length = 0;
    boolean chunked = false;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith(LENGTH)) {
        length = Integer.parseInt(header.substring(LENGTH.length()).strip());
      } else if (header.startsWith(ENCODING)) {
        chunked = header.endsWith("chunked");
      }
    }
    return new HttpReply(status, chunked ? chunks(in) : bytes(in, length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    byte[] body = new byte[0];
    int size;
    do {
      size = Integer.parseInt(line(in).strip(), 16);
      byte[] chunk = bytes(in, size);
      byte[] longer = java.util.Arrays.copyOf(body, body.length + size);
      System.arraycopy(chunk, 0, longer, body.length, size);
      body = longer;
      line(in);
    } while (size > 0 && body.length <= MOST_BODY_BYTES);
    return body;
  }

  private static byte[] bytes(InputStream in, int length) throws IOException {
    if (length > MOST_BODY_BYTES) {
      throw new IOException("the answer is too long");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer was cut short");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.length() == MOST_LINE_BYTES) {
        throw new EOFException("the answer was cut short");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /** The beginning of the body as text, to show to people. */
  String excerpt(int most) {
    String text = new String(body, StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    return text.length() <= most ? text : text.substring(0, most) + " ...";
  }
}
