package uk.cpis.gateway.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seals that were seen before, by number: of an earlier export, or written down elsewhere. */
public final class EarlierSeals {

  private static final Pattern WRITTEN = Pattern.compile(Seal.NUMBER + ":" + Seal.HASH);

  private final TreeMap<Long, String> digests = new TreeMap<>();

  /** Takes the seals of an earlier export; every line that is a seal counts. */
  public void readFrom(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Lines lines = new Lines(in);
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        Seal.read(line.get()).ifPresent(seal -> digests.put(seal.number(), seal.digest()));
      }
    } catch (IOException e) {
      throw new EvidenceException("cannot read " + file, e);
    }
  }

  /** Takes one as {@code NUMBER:DIGEST}, as the log and the check itself print it. */
  public void written(String text) {
    Matcher parts = WRITTEN.matcher(text);
    if (!parts.matches()) {
      throw new EvidenceException("a seal is written NUMBER:DIGEST, found " + text);
    }
    digests.put(Long.parseLong(parts.group(1)), parts.group(2));
  }

  /** Whether this seal is another one than was seen under its number. */
  boolean contradict(Seal seal) {
    String before = digests.get(seal.number());
    return before != null && !before.equals(seal.digest());
  }

  /** The newest one's number; 0 when there is none. */
  long newest() {
    return digests.isEmpty() ? 0 : digests.lastKey();
  }
}
