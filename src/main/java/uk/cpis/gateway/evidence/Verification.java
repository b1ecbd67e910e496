package uk.cpis.gateway.evidence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What an auditor has checked: an exported audit or a proof, told apart by its first line.
 *
 * @param keys PEM files of the keys that may have sealed
 * @param earlier earlier exports, whose seals must be in this one
 * @param seals seals written down elsewhere, as {@code NUMBER:DIGEST}
 * @param kept for how long records are to be kept at the least
 */
public record Verification(
    Path file, List<Path> keys, List<Path> earlier, List<String> seals, Duration kept) {

  /** The eight years for which the gateway keeps its audit unless told otherwise. */
  public static final Duration USUALLY_KEPT = Duration.ofDays(2922);

  /** Throws an {@link EvidenceException} when a file or key cannot be used. */
  public Report report() {
    TrustedKeys trusted = TrustedKeys.read(keys);
    EarlierSeals before = new EarlierSeals();
    earlier.forEach(before::readFrom);
    seals.forEach(before::written);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      in.mark(Proof.HEAD.length());
      boolean proof = Proof.begins(in.readNBytes(Proof.HEAD.length()));
      in.reset();
      return proof ? Proof.check(in, trusted) : ExportCheck.of(in, trusted, kept, before);
    } catch (IOException e) {
      throw new EvidenceException("cannot read " + file, e);
    }
  }
}
