package uk.cpis.gateway.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.security.Expectations;
import uk.cpis.gateway.security.Freshness;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.Operation;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.security.RefusalCause;
import uk.cpis.gateway.security.RegisteredCertificates;
import uk.cpis.gateway.security.SignerTrust;
import uk.cpis.gateway.security.Verification;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestSystem;

/**
 * What a fuzzer calls with any bytes: they are verified as a message is, and it is a finding when
 * something else than a refusal comes of them, when it takes long, or when a refusal repeats what
 * they said. The first byte chooses what the header says of the encoding. Run by {@code mvn
 * -Pfuzz}.
 */
public final class EdgeFuzz {

  private static final Duration LONG = Duration.ofSeconds(1);
  private static final String TO = "https://localhost:8443/query";
  private static final List<Optional<String>> CHARSETS =
      List.of(
          Optional.empty(),
          Optional.of("utf-8"),
          Optional.of("utf-16"),
          Optional.of("iso-8859-1"),
          Optional.of("utf-7"));

  /** So that what was kept is not refused for its age before anything else is looked at. */
  private static final Freshness LONG_LIVED =
      new Freshness(Duration.ofDays(36_500), Duration.ofDays(3_650));

  private static final MessageVerifier VERIFIER =
      new MessageVerifier(
          ParserLimits.ofQuery(),
          LONG_LIVED,
          SignerTrust.of(TestCertificates.paths()),
          RegisteredCertificates.of(List.of(TestSystem.homerton().signing().certificate())),
          InstantSource.system());

  private EdgeFuzz() {}

  /** By what name the fuzzer knows it. */
  public static void fuzzerTestOneInput(byte[] data) {
    judge(data);
  }

  /** Why it was refused; what is verified says that somebody signed it just now. */
  static Optional<RefusalCause> judge(byte[] data) {
    if (data.length == 0) {
      return Optional.empty();
    }
    Optional<String> charset = CHARSETS.get((data[0] & 0xFF) % CHARSETS.size());
    byte[] message = Arrays.copyOfRange(data, 1, data.length);
    long start = System.nanoTime();
    Verification verification = VERIFIER.verify(message, charset, expected());
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    if (time.compareTo(LONG) > 0 && isLongAgain(message, charset)) {
      throw new IllegalStateException("it took " + time.toMillis() + " ms");
    }
    if (!(verification instanceof Verification.Refused refused)) {
      return Optional.empty();
    }
    RefusalCause cause = refused.refusal().cause();
    if (cause == RefusalCause.UNEXPECTED) {
      throw new IllegalStateException("not foreseen: " + refused.refusal().found());
    }
    if (refused.refusal().toString().contains("999000")) {
      throw new IllegalStateException("a refusal repeats the message");
    }
    return Optional.of(cause);
  }

  /** A machine that stood still is no finding. */
  private static boolean isLongAgain(byte[] message, Optional<String> charset) {
    long start = System.nanoTime();
    VERIFIER.verify(message, charset, expected());
    return System.nanoTime() - start > LONG.toNanos();
  }

  private static Expectations expected() {
    String query = "urn:nhs-cpis:gateway:query:v1";
    String action = Interaction.QUERY.action();
    return new Expectations.Request(
        Set.of(TO),
        List.of(
            new Operation(
                new QName(query, "planQueryRequest"),
                action,
                new QName(query, "planQueryResponse"),
                action + "Response")),
        Optional.empty());
  }

  /**
   * Writes the seeds, and makes the folder of what is found: an honest message and one of each
   * attack that fits, shortened.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    if (arguments.length > 1) {
      Files.createDirectories(Path.of(arguments[1]));
    }
    int number = 0;
    try (Canary canary = new Canary()) {
      for (Attack attack : Suite.all()) {
        if (attack.kinds().contains(Kind.QUERY)) {
          Draft draft = Draft.of(Kind.QUERY, "https://localhost:8443");
          number += write(folder, number, attack.making().of(draft, canary).bytes());
        }
      }
      write(folder, number, Draft.of(Kind.QUERY, "https://localhost:8443").signed().getBytes());
    }
  }

  private static int write(Path folder, int number, byte[] message) throws IOException {
    int most = 12_000;
    if (message.length > most) {
      return 0;
    }
    byte[] seed = new byte[message.length + 1];
    seed[0] = 1;
    System.arraycopy(message, 0, seed, 1, message.length);
    Files.write(folder.resolve("seed-" + number), seed);
    return 1;
  }
}
