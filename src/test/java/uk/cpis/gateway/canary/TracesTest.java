package uk.cpis.gateway.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search finds what it is to find: else its silence would prove nothing. */
class TracesTest {

  private static final Traces TRACES = new Traces(CanaryChild.secrets(), CanaryChild.DIGITS);

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1", "UTF-16LE", "UTF-16BE"})
  void findsEachTextInEachEncodingAndItsBase64WhereverItBegins(String encoding) {
    for (String text : CanaryChild.secrets()) {
      for (String before : List.of("", "x", "xy")) {
        byte[] line = (before + text + " and more").getBytes(Charset.forName(encoding));

        assertThat(TRACES.in(line)).as(text).isNotEmpty();
        assertThat(TRACES.in(Base64.getEncoder().encode(line))).as(text).isNotEmpty();
      }
    }
  }

  @Test
  void findsItInEitherCaseInHexadecimalAndInAnAddress() {
    assertFound(CanaryChild.FAMILY.toUpperCase(java.util.Locale.ROOT));
    assertFound(HexFormat.of().formatHex(CanaryChild.GIVEN.getBytes(StandardCharsets.UTF_8)));
    assertFound(URLEncoder.encode(CanaryChild.GIVEN, StandardCharsets.UTF_8));
    assertFound(CanaryChild.DIGITS.replaceFirst("^(...)(...)", "$1 $2 "));
  }

  @Test
  void findsTheNumberInBinaryAndItsDigest() throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(CanaryChild.DIGITS.getBytes(StandardCharsets.US_ASCII));

    assertThat(
            TRACES.in(ByteBuffer.allocate(9).putLong(Long.parseLong(CanaryChild.DIGITS)).array()))
        .isNotEmpty();
    assertThat(TRACES.in(digest)).isNotEmpty();
    assertFound(HexFormat.of().formatHex(digest));
  }

  @Test
  void findsNothingWhereNothingIs() {
    byte[] noise = new byte[4 << 20];
    new Random(20261122).nextBytes(noise);

    assertThat(TRACES.in(noise)).isEmpty();
    assertThat(TRACES.in(Base64.getEncoder().encode(noise))).isEmpty();
    assertThat(TRACES.in(new byte[0])).isEmpty();
  }

  private static void assertFound(String text) {
    assertThat(TRACES.in(("a" + text + "z").getBytes(StandardCharsets.UTF_8))).isNotEmpty();
  }
}
