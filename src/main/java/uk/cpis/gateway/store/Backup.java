package uk.cpis.gateway.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies the open store beside live traffic: pages as they are, encrypted, and the log up to the
 * end of the copy, so that a restored copy is the store of that moment. Made aside and moved to its
 * place when it is whole and on disk.
 */
public final class Backup {

  private static final Pattern NAME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d{6}Z");
  private static final String MAKING = "making";

  private final Store store;
  private final StoreDirectory directory;
  private final EncryptionKey key;

  Backup(Store store, StoreDirectory directory, EncryptionKey key) {
    this.store = store;
    this.directory = directory;
    this.key = key;
  }

  /** A backup in its place. */
  public record Taken(Path place, BackupManifest manifest) {}

  /** Takes one into this folder, under the time as its name. One at a time. */
  public synchronized Taken into(Path folder, Instant at) {
    Instant now = at.truncatedTo(ChronoUnit.SECONDS);
    Path making = folder.resolve(MAKING);
    Path place = folder.resolve(name(now));
    try {
      refuseWithoutRoom(folder);
      StoreDirectory.removeAll(making);
      OwnFiles.folder(making);
      BackupManifest before = store.read(tx -> beginning(tx, now));
      store.change(tx -> tx.copying().copyInto(making));
      OwnFiles.close(making);
      BackupManifest manifest = with(before, BackupManifest.filesOf(making));
      manifest.write(making, key);
      force(making);
      Files.move(making, place, StandardCopyOption.ATOMIC_MOVE);
      return new Taken(place, manifest);
    } catch (IOException e) {
      throw new StoreException("could not take a backup into " + folder, e);
    }
  }

  /** When the newest backup in this folder was taken. */
  public static Optional<Instant> newestIn(Path folder) {
    List<Path> all = allIn(folder);
    return all.isEmpty() ? Optional.empty() : Optional.of(takenAt(all.get(all.size() - 1)));
  }

  /** Takes all but this many of the newest away. */
  public static void prune(Path folder, int keep) {
    List<Path> all = allIn(folder);
    try {
      for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
        StoreDirectory.removeAll(old);
      }
    } catch (IOException e) {
      throw new StoreException("could not take an old backup away from " + folder, e);
    }
  }

  private static List<Path> allIn(Path folder) {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(each -> NAME.matcher(each.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StoreException("could not look into " + folder, e);
    }
  }

  private static String name(Instant at) {
    return at.toString().replace(":", "");
  }

  private static Instant takenAt(Path backup) {
    String name = backup.getFileName().toString();
    return Instant.parse(
        name.substring(0, 13) + ":" + name.substring(13, 15) + ":" + name.substring(15));
  }

  /** A tenth more than the store takes; what is short of that would fail half way. */
  private void refuseWithoutRoom(Path folder) throws IOException {
    long needed = directory.bytes() / 10 * 11;
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < needed) {
      throw new StoreException(
          "no room for a backup in " + folder + ": " + needed + " bytes needed, " + free + " free");
    }
  }

  private static BackupManifest beginning(Transaction tx, Instant now) {
    Numbers.Newest newest = tx.copying().newest();
    return new BackupManifest(
        now, tx.copying().schema(), newest.audited(), newest.owed(), List.of());
  }

  private static BackupManifest with(
      BackupManifest before, List<BackupManifest.BackedUpFile> files) {
    return new BackupManifest(before.at(), before.schema(), before.audited(), before.owed(), files);
  }

  private static void force(Path making) throws IOException {
    for (Path file : Digests.files(making)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }
}
