package uk.cpis.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.security.Freshness;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.RefusalCause;
import uk.cpis.gateway.security.RegisteredCertificates;
import uk.cpis.gateway.security.SignerTrust;
import uk.cpis.gateway.testing.TestCertificates;

/**
 * Messages as large as a submission may be, of 32,768 words with one Java hash code: reading and
 * verifying them takes no longer than any other message of that size.
 */
class LargestMessagesTest {

  private static final int WORDS = 32_768;
  private static final int LARGEST = 2_097_152;
  private static final Duration A_SECOND = Duration.ofSeconds(1);
  private static final int TRIES = 3;
  private static final String ADDRESS = "https://localhost:8443";

  /** The processor's time, whatever else the machine does. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final MessageVerifier VERIFIER =
      new MessageVerifier(
          Kind.UPDATE.limits(),
          Freshness.standard(),
          SignerTrust.of(TestCertificates.paths()),
          RegisteredCertificates.of(List.of()),
          InstantSource.system());

  @Test
  void equalWordsForElements() {
    refused(grouped(i -> "<" + word(i) + "/>"));
  }

  @Test
  void equalWordsForAttributes() {
    refused("<a" + many(0, WORDS, i -> " " + word(i) + "=''") + "/>");
  }

  @Test
  void equalWordsForAttributesOfManyElements() {
    refused(
        grouped(i -> i % 40 > 0 ? "" : "<a" + many(i, i + 40, n -> " " + word(n) + "=''") + "/>"));
  }

  @Test
  void equalWordsForPrefixes() {
    refused(grouped(i -> "<a xmlns:" + word(i) + "='u'/>"));
  }

  @Test
  void equalWordsForElementsInEachOther() {
    refused(many(0, WORDS, i -> "<" + word(i) + ">"));
  }

  @Test
  void equalWordsForIdsAreTakenAndSigned() {
    taken(grouped(i -> "<a Id='" + word(i) + "'/>"));
  }

  @Test
  void equalWordsForNamespacesAreTakenAndSigned() {
    taken(grouped(i -> "<a xmlns='" + word(i) + "'/>"));
  }

  @Test
  void equalWordsForTextsAreTakenAndSigned() {
    taken(grouped(i -> "<a>" + word(i) + "</a>"));
  }

  private void refused(String block) {
    assertThat(judged(block)).contains(RefusalCause.TOO_COMPLEX);
  }

  private void taken(String block) {
    assertThat(judged(block)).isEmpty();
  }

  private Optional<RefusalCause> judged(String block) {
    Draft draft = Draft.of(Kind.UPDATE, ADDRESS);
    String large = Attacks.inHeader(draft.signed(), "<x Id='Large'>" + block + "</x>");
    Hostile message = Hostile.of(large.getBytes(StandardCharsets.UTF_8), "text/xml");
    assertThat(message.bytes()).hasSizeBetween(LARGEST / 3, LARGEST);
    Optional<RefusalCause> cause = Optional.empty();
    Duration best = Duration.ofDays(1);
    for (int i = 0; i < TRIES && best.compareTo(A_SECOND) >= 0; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      cause = Judge.cause(VERIFIER, Kind.UPDATE, draft.message().to(), message);
      Duration time = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
      best = time.compareTo(best) < 0 ? time : best;
    }
    assertThat(best).isLessThan(A_SECOND);
    return cause;
  }

  private static String grouped(IntFunction<String> each) {
    return IntStream.range(0, WORDS / 4_096)
        .mapToObj(group -> "<g>" + many(group * 4_096, (group + 1) * 4_096, each) + "</g>")
        .collect(Collectors.joining());
  }

  private static String many(int from, int to, IntFunction<String> each) {
    return IntStream.range(from, to).mapToObj(each).collect(Collectors.joining());
  }

  private static String word(int number) {
    StringBuilder word = new StringBuilder("n");
    for (int bit = 0; bit < 15; bit++) {
      word.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return word.toString();
  }
}
