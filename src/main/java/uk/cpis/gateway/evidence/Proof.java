package uk.cpis.gateway.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * That one record was sealed, and nothing of any other: the record with its salt, the hashes that
 * lead to the root, and the seal. Lines as in an export, with {@code node HASH} for each hash.
 */
public final class Proof {

  static final String HEAD = "cpis-audit-proof 1";
  private static final Pattern NODE = Pattern.compile("node " + Seal.HASH);

  private Proof() {}

  /** The proof of the record at this place among the leaves of its seal. */
  public static String of(Seal seal, List<byte[]> leaves, int place, byte[] salt, String record) {
    HexFormat hex = HexFormat.of();
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    text.append("record ").append(seal.first() + place).append(' ').append(hex.formatHex(salt));
    text.append(" - ").append(record).append('\n');
    for (byte[] node : MerkleTree.path(leaves, place)) {
      text.append("node ").append(hex.formatHex(node)).append('\n');
    }
    return text.append(seal.line()).append('\n').toString();
  }

  /** Checks the proof that this is. */
  public static Report check(InputStream in, TrustedKeys keys) throws IOException {
    Lines lines = new Lines(in);
    List<String> all = new ArrayList<>();
    boolean ended = true;
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      all.add(line.get());
      ended &= lines.ended();
    }
    Optional<RecordLine> record = all.size() < 3 ? Optional.empty() : RecordLine.read(all.get(1));
    Optional<Seal> seal = all.isEmpty() ? Optional.empty() : Seal.read(all.get(all.size() - 1));
    boolean formed = ended && record.isPresent() && seal.isPresent() && all.get(0).equals(HEAD);
    List<Finding> findings =
        formed
            ? findings(record.get(), all.subList(2, all.size() - 1), seal.get(), keys)
            : List.of(Finding.of(Finding.Kind.FILE, "this is no proof, or not as it was written"));
    return new Report(
        record.isPresent() ? 1 : 0, 0, seal.isPresent() ? 1 : 0, seal, List.of(), findings);
  }

  private static List<Finding> findings(
      RecordLine record, List<String> nodes, Seal seal, TrustedKeys keys) {
    if (!keys.know(seal.key())) {
      return List.of(
          Finding.of(
              Finding.Kind.UNKNOWN_KEY,
              "the seal is signed by key " + seal.key() + ", which is not given"));
    }
    if (!leads(record, nodes, seal)) {
      return List.of(
          Finding.of(
              Finding.Kind.ALTERED,
              record.number(),
              "record " + record.number() + " is not what the seal was made of"));
    }
    return seal.signedBy(keys)
        ? List.of()
        : List.of(Finding.of(Finding.Kind.SEAL, "the seal is not as it was signed"));
  }

  private static boolean leads(RecordLine record, List<String> nodes, Seal seal) {
    long place = record.number() - seal.first();
    boolean formed =
        place >= 0
            && place < seal.count()
            && seal.count() <= Integer.MAX_VALUE
            && record.leaf().isEmpty()
            && nodes.stream().allMatch(each -> NODE.matcher(each).matches());
    if (!formed) {
      return false;
    }
    List<byte[]> path =
        nodes.stream().map(each -> HexFormat.of().parseHex(each.substring(5))).toList();
    byte[] root = HexFormat.of().parseHex(seal.root());
    return record
        .ownLeaf()
        .flatMap(leaf -> MerkleTree.root(leaf, (int) place, (int) seal.count(), path))
        .filter(found -> Arrays.equals(found, root))
        .isPresent();
  }

  /** Whether a file that begins so is a proof rather than an export. */
  static boolean begins(byte[] start) {
    return new String(start, StandardCharsets.ISO_8859_1).startsWith(HEAD);
  }
}
