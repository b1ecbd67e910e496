package uk.cpis.gateway.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a backup holds: a file beside its database, sealed with the store's key, so that a wrong key
 * and a changed file are known before anything is restored.
 *
 * @param schema the version of its tables
 * @param audited the newest number of the audit when it was begun; it may hold newer ones
 * @param owed the newest number of what is owed, in the same way
 */
public record BackupManifest(
    Instant at, String schema, long audited, long owed, List<BackedUpFile> files) {

  static final String NAME = "manifest";
  static final String DATABASE = "database";
  private static final String FORMAT = "cpis-backup 1";

  /** One file, by its path inside the backup. */
  public record BackedUpFile(String path, long bytes, String sha256) {

    static BackedUpFile of(Path root, Path file) throws IOException {
      String path = root.relativize(file).toString().replace('\\', '/');
      return new BackedUpFile(path, Files.size(file), Digests.sha256(file));
    }

    private String line() {
      return "file " + sha256 + " " + bytes + " " + path;
    }

    private static BackedUpFile read(String line) {
      String[] parts = line.split(" ", 4);
      return new BackedUpFile(parts[3], Long.parseLong(parts[2]), parts[1]);
    }
  }

  /** How many bytes the files have together. */
  public long bytes() {
    return files.stream().mapToLong(BackedUpFile::bytes).sum();
  }

  void write(Path backup, EncryptionKey key) throws IOException {
    String text = text();
    OwnFiles.write(backup.resolve(NAME), text + "seal " + seal(text, key) + "\n");
  }

  private String text() {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    text.append("at ").append(at).append('\n');
    text.append("schema ").append(schema).append('\n');
    text.append("audited ").append(audited).append('\n');
    text.append("owed ").append(owed).append('\n');
    files.forEach(file -> text.append(file.line()).append('\n'));
    return text.toString();
  }

  /** The manifest of a backup whose files are all there as they were made. */
  static BackupManifest checked(Path backup, EncryptionKey key) {
    Path file = backup.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new StoreException(backup + " holds no backup: there is no manifest in it");
    }
    try {
      BackupManifest manifest = read(Files.readString(file), key);
      manifest.checkFiles(backup);
      return manifest;
    } catch (IOException e) {
      throw new StoreException("could not read the backup " + backup, e);
    }
  }

  private static BackupManifest read(String whole, EncryptionKey key) {
    int end = whole.lastIndexOf("seal ");
    String text = whole.substring(0, Math.max(0, end));
    if (!text.startsWith(FORMAT + "\n")) {
      throw new StoreException("the backup's manifest is damaged, or of another version");
    }
    byte[] stated = whole.substring(end + 5).strip().getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(stated, seal(text, key).getBytes(StandardCharsets.US_ASCII))) {
      throw new StoreException(
          "the key is not the one that the backup was made with, or its manifest was changed;"
              + " without that key the backup cannot be read");
    }
    return parsed(text.lines().toList());
  }

  private static BackupManifest parsed(List<String> lines) {
    List<BackedUpFile> files = lines.stream().skip(5).map(BackedUpFile::read).toList();
    return new BackupManifest(
        Instant.parse(value(lines, 1)),
        value(lines, 2),
        Long.parseLong(value(lines, 3)),
        Long.parseLong(value(lines, 4)),
        files);
  }

  private static String value(List<String> lines, int line) {
    return lines.get(line).split(" ", 2)[1];
  }

  private void checkFiles(Path backup) throws IOException {
    TreeSet<String> found = new TreeSet<>();
    for (Path file : Digests.files(backup.resolve(DATABASE))) {
      found.add(backup.relativize(file).toString().replace('\\', '/'));
    }
    for (BackedUpFile file : files) {
      if (!found.remove(file.path())) {
        throw new StoreException("the backup is damaged: " + file.path() + " is missing");
      }
      if (!BackedUpFile.of(backup, backup.resolve(file.path())).equals(file)) {
        throw new StoreException("the backup is damaged: " + file.path() + " was changed");
      }
    }
    if (!found.isEmpty()) {
      throw new StoreException("the backup was changed: " + found.first() + " does not belong");
    }
  }

  static List<BackedUpFile> filesOf(Path backup) throws IOException {
    List<BackedUpFile> files = new ArrayList<>();
    for (Path file : Digests.files(backup.resolve(DATABASE))) {
      files.add(BackedUpFile.of(backup, file));
    }
    return files;
  }

  private static String seal(String text, EncryptionKey key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.secretFor("backup manifest"), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
