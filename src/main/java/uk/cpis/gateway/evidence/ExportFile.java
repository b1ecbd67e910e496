package uk.cpis.gateway.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * Writes an audit as a file: a head, each sealed group of records with its seal behind it, and a
 * signed end over every byte before it. A line is what is hashed, to the byte.
 *
 * <pre>
 * cpis-audit-export 1 ASID TIME
 * record NUMBER SALT LEAF {the record}
 * apart NUMBER signature|change|seal altered|gone
 * expired FIRST LAST
 * seal NUMBER FIRST LAST ROOT PREVIOUS NEWEST SEALED-AT KEY SIGNATURE
 * end SEALS RECORDS LAST-SEAL DIGEST TIME KEY SIGNATURE
 * </pre>
 */
public final class ExportFile {

  static final String HEAD = "cpis-audit-export 1 ";

  /** What the store keeps beside a record, which names it by its digest. */
  public enum Beside {
    /** Of the request. */
    SIGNATURE,
    /** Of what is registered: the lines before and after. */
    CHANGE,
    /** What the store says of the seal that begins with the record, beside the seal's own line. */
    SEAL
  }

  private static final HexFormat HEX = HexFormat.of();

  private final OutputStream out;
  private final MessageDigest digest = MerkleTree.sha256();
  private long records;
  private long seals;
  private String last = Seal.NONE;

  /** Begins the file of this gateway. */
  public ExportFile(OutputStream out, String gateway, Instant at) throws IOException {
    this.out = out;
    line(HEAD + gateway + " " + at.truncatedTo(ChronoUnit.MILLIS));
  }

  /** A record with its salt, and its leaf as it was sealed. */
  public void record(long number, byte[] salt, byte[] leaf, String record) throws IOException {
    line("record " + number + " " + HEX.formatHex(salt) + " " + HEX.formatHex(leaf) + " " + record);
    records++;
  }

  /** A record under a number that no seal covers, though later ones are sealed. */
  public void unsealed(long number, String record) throws IOException {
    line("record " + number + " - - " + record);
    records++;
  }

  /** What is kept beside this record is not what the record names, or is gone. */
  public void apart(long number, Beside beside, boolean gone) throws IOException {
    line(Apart.line(number, beside, gone));
  }

  /** In place of the records of the seal that follows: retention removed them. */
  public void expired(long first, long last) throws IOException {
    line("expired " + first + " " + last);
  }

  /** The seal of the records before it, as it was kept. */
  public void seal(String line) throws IOException {
    line(line);
    seals++;
    last = Seal.digest(line);
  }

  /** Ends the file; the output stays open. */
  public void end(SealingKey key, Instant at) throws IOException {
    Instant ended = at.truncatedTo(ChronoUnit.MILLIS);
    String signed =
        End.signed(seals, records, last, HEX.formatHex(digest.digest()), ended, key.id());
    out.write((signed + " " + key.sign(signed) + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  public long records() {
    return records;
  }

  public long seals() {
    return seals;
  }

  /** The digest of the last seal written. */
  public String lastSeal() {
    return last;
  }

  private void line(String text) throws IOException {
    byte[] bytes = (text.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
    digest.update(bytes);
    out.write(bytes);
  }
}
