package uk.cpis.gateway.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a fuzzer calls with any bytes: the whole edge with a store behind it is given them, and it
 * is a finding when something else than an answer in time comes of them, when an answer tells of
 * the inside, or when they have an effect without having been verified. Run by {@code mvn -Pfuzz}.
 */
public final class EdgeFuzz {

  private static final int LONGEST_SEED = 12_000;
  private static final List<String> PAYLOADS =
      List.of(
          "planQueryRequest",
          "planQueryRequest",
          "planUpdateRequest",
          "planDeleteRequest",
          "holdingsRequest",
          "accessHistoryRequest",
          "collectRequest",
          "acknowledgeRequest");

  private EdgeFuzz() {}

  private static final class Opened {
    private static final WholeEdge EDGE = new WholeEdge(folder());

    private static Path folder() {
      try {
        Path folder = Path.of("target", "fuzz").toAbsolutePath();
        return Files.createTempDirectory(Files.createDirectories(folder), "run");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** By what name the fuzzer knows it. */
  public static void fuzzerTestOneInput(byte[] data) {
    Opened.EDGE.judge(data);
  }

  /**
   * Writes the seeds, and makes the folder of what is found: messages that are in order, to be
   * signed when they are read, each attack that fits, and each misuse of HTTP.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    if (arguments.length > 1) {
      Files.createDirectories(Path.of(arguments[1]));
    }
    Seeds seeds = new Seeds(folder);
    for (Kind kind : Kind.values()) {
      Path sample =
          Path.of("src/test/resources/messages/samples", PAYLOADS.get(kind.ordinal()) + ".xml");
      String made = Draft.of(kind, "https://localhost:8443").payload();
      String written = Files.readString(sample).replaceFirst("<\\?xml[^>]*>", "").strip();
      for (String payload : List.of(made, written)) {
        seeds.write(WholeEdge.PAYLOAD, kind, payload.getBytes(StandardCharsets.UTF_8));
        String envelope = WholeEdge.envelope(kind, payload);
        seeds.write(WholeEdge.ENVELOPE, kind, envelope.getBytes(StandardCharsets.UTF_8));
      }
    }
    try (Canary canary = new Canary()) {
      for (Attack attack : Suite.all()) {
        if (attack.kinds().contains(Kind.QUERY)) {
          Draft draft = Draft.of(Kind.QUERY, "https://localhost:8443");
          seeds.write(WholeEdge.MESSAGE, Kind.QUERY, attack.making().of(draft, canary).bytes());
        }
      }
      HttpProbes probes = new HttpProbes();
      for (HttpProbes.Writing probe : probes.refused().values()) {
        seeds.probe(probe, canary);
      }
      for (HttpProbes.Writing probe : probes.harmless().values()) {
        seeds.probe(probe, canary);
      }
    }
  }

  /** A folder of seeds. */
  private static final class Seeds {
    private final Path folder;
    private int number;

    Seeds(Path folder) {
      this.folder = folder;
    }

    void probe(HttpProbes.Writing probe, Canary canary) throws IOException {
      Draft draft = Draft.of(Kind.QUERY, "https://localhost:8443");
      String request = probe.apply(draft, canary);
      write(WholeEdge.CONNECTION, Kind.QUERY, request.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte way, Kind kind, byte[] content) throws IOException {
      if (content.length > LONGEST_SEED) {
        return;
      }
      byte[] seed = new byte[content.length + 2];
      seed[0] = way;
      seed[1] = (byte) kind.ordinal();
      System.arraycopy(content, 0, seed, 2, content.length);
      Files.write(folder.resolve("seed-" + number++), seed);
    }
  }
}
