package uk.cpis.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpReplyTest {

  @Test
  void readsAnAnswerOfAStatedLengthAndLeavesTheNext() throws IOException {
    InputStream in =
        wire(
            """
            HTTP/1.1 200 OK
            Content-Type: text/xml
            Content-Length: 5

            firstHTTP/1.1 500 Server Error
            CONTENT-LENGTH: 6

            second""");

    HttpReply first = HttpReply.read(in);
    HttpReply second = HttpReply.read(in);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body()).asString().isEqualTo("first");
    assertThat(second.status()).isEqualTo(500);
    assertThat(second.body()).asString().isEqualTo("second");
  }

  @Test
  void readsAnAnswerInChunksToItsEnd() throws IOException {
    InputStream in =
        wire(
            """
            HTTP/1.1 200 OK
            Transfer-Encoding: chunked

            3
            one
            A
            0123456789
            0

            HTTP/1.1 503 Busy
            Content-Length: 0

            """);

    assertThat(HttpReply.read(in).body()).asString().isEqualTo("one0123456789");
    assertThat(HttpReply.read(in).status()).isEqualTo(503);
  }

  @Test
  void tellsAnAnswerThatWasCutShort() {
    assertThatThrownBy(() -> HttpReply.read(wire("HTTP/1.1 200 OK\nContent-Length: 9\n\nshort")))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> HttpReply.read(wire("HTTP/1.1 200 O")))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void tellsWhatIsNoHttp() {
    assertThatThrownBy(() -> HttpReply.read(wire("hello\n\n"))).isInstanceOf(IOException.class);
  }

  @Test
  void showsTheBeginningOfALongBodyOnOneLine() {
    HttpReply reply = new HttpReply(500, "<a>\n  <b/>\n</a>".getBytes(StandardCharsets.UTF_8));

    assertThat(reply.excerpt(100)).isEqualTo("<a> <b/> </a>");
    assertThat(reply.excerpt(8)).isEqualTo("<a> <b/> ...");
  }

  private static InputStream wire(String text) {
    return new ByteArrayInputStream(text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
