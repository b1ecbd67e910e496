package uk.cpis.gateway.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the store is opened.
 *
 * @param directory the folder that holds it, its own; made when absent
 * @param pageCache pages of 4 KB kept in memory
 * @param lockWait how long a statement waits for a lock, and a caller for a connection
 * @param connections connections for readers and ordinary transactions
 * @param writerQueue how many records may wait for the writer before it answers "busy"
 * @param writerBatch how many waiting records one commit takes at the most
 */
public record StoreSettings(
    Path directory,
    EncryptionKey key,
    int pageCache,
    Duration lockWait,
    int connections,
    int writerQueue,
    int writerBatch) {

  /** The measured settings of the project for a store in this folder. */
  public static StoreSettings of(Path directory, EncryptionKey key) {
    return new StoreSettings(directory, key, 10_000, Duration.ofSeconds(5), 16, 1_000, 64);
  }

  /** The same with another key. */
  public StoreSettings with(EncryptionKey other) {
    return new StoreSettings(
        directory, other, pageCache, lockWait, connections, writerQueue, writerBatch);
  }
}
