package uk.cpis.gateway.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A small audit of made-up records, sealed three together. */
final class SampleAudit {

  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final int TOGETHER = 3;

  final KeyPair pair = keys();
  final SealingKey key = new SealingKey(pair.getPrivate(), pair.getPublic());
  final TrustedKeys trusted = TrustedKeys.of(pair.getPublic());
  final List<Seal> seals = new ArrayList<>();
  private final List<Integer> expired = new ArrayList<>();
  private Optional<Instant> sealedAt = Optional.empty();
  private Optional<Instant> setBackTo = Optional.empty();
  private int start;

  static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the clock said at each seal, whatever its records say. */
  SampleAudit sealedAt(Instant at) {
    sealedAt = Optional.of(at);
    return this;
  }

  /** What the clock said instead, having been set back before each seal. */
  SampleAudit setBackTo(Instant clock) {
    setBackTo = Optional.of(clock);
    return this;
  }

  /** The file has no records before this one. */
  SampleAudit startingAt(int record) {
    start = record - 1;
    return this;
  }

  /** The records of this seal are gone. */
  SampleAudit expired(int seal) {
    expired.add(seal);
    return this;
  }

  static String record(long number) {
    return record(number, "QUERY_ANSWERED", "FOUND", at(number));
  }

  static String record(long number, String event, String outcome, Instant at) {
    return "{\"number\":%d,\"id\":\"%d\",\"happened_at\":\"%s\",\"event\":\"%s\",\"outcome\":\"%s\",\"staff_family_name\":\"Ó Dąbrowska Åström хора سلام\"}"
        .formatted(number, number, at, event, outcome);
  }

  static Instant at(long number) {
    return NOON.plus(Duration.ofSeconds(number));
  }

  static byte[] leaf(long number, String record) {
    return MerkleTree.leaf(salt(number), record.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] salt(long number) {
    return new Salts(new byte[Salts.SECRET_BYTES]).of(number);
  }

  /** The file of these records, the first of them number 1 unless it starts elsewhere. */
  String file(Instant at, String... records) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ExportFile file = new ExportFile(out, "200000000001", at);
      for (int first = 0; first < records.length; first += TOGETHER) {
        write(
            file,
            start + first,
            List.of(records).subList(first, Math.min(first + TOGETHER, records.length)));
      }
      file.end(key, at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Instant newest(List<String> records) {
    return records.stream()
        .map(record -> record.replaceFirst("(?s).*\"happened_at\":\"([^\"]*)\".*", "$1"))
        .map(Instant::parse)
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private void write(ExportFile file, int first, List<String> records) throws IOException {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      leaves.add(leaf(first + i + 1, records.get(i)));
    }
    Seal seal =
        Seal.of(
            seals.size() + 1,
            first + 1,
            leaves,
            seals.isEmpty() ? Seal.NONE : seals.get(seals.size() - 1).digest(),
            newest(records),
            sealedAt.orElseGet(() -> newest(records).plusSeconds(60).plusNanos(123_456_789)),
            setBackTo,
            key);
    seals.add(seal);
    if (expired.contains(seals.size())) {
      file.expired(seal.first(), seal.last());
    } else {
      for (int i = 0; i < records.size(); i++) {
        file.record(first + i + 1, salt(first + i + 1), leaves.get(i), records.get(i));
      }
    }
    file.seal(seal.line());
  }
}
