package uk.cpis.gateway.evidence;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The lines of a file, byte by byte: a character stands for a byte, a line ends with a line feed
 * and nothing else, and the digest of all lines before the present one is known.
 */
final class Lines {

  private static final int LONGEST = 1 << 20;

  private final InputStream in;
  private MessageDigest before = MerkleTree.sha256();
  private MessageDigest through = MerkleTree.sha256();
  private boolean ended = true;
  private long number;

  Lines(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** The next line without its end; empty behind the last. */
  Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    before = copy(through);
    int each = in.read();
    if (each < 0) {
      return Optional.empty();
    }
    number++;
    while (each >= 0 && each != '\n' && line.size() < LONGEST) {
      line.write(each);
      each = in.read();
    }
    ended = each == '\n';
    through.update(line.toByteArray());
    through.update((byte) '\n');
    return Optional.of(line.toString(StandardCharsets.ISO_8859_1));
  }

  /** Whether the present line has its end. */
  boolean ended() {
    return ended;
  }

  /** Counts from 1. */
  long number() {
    return number;
  }

  /** The digest of all lines before the present one. */
  String digestBefore() {
    return HexFormat.of().formatHex(copy(before).digest());
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the SHA-256 of the JDK can be copied", e);
    }
  }
}
