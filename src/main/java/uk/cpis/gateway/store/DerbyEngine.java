package uk.cpis.gateway.store;

import java.nio.file.Path;
import java.util.Map;

/** What Derby reads from system properties, set before it boots; the first store decides. */
final class DerbyEngine {

  private static final String DURABILITY = "derby.system.durability";
  private static final int PAGE_BYTES = 4_096;
  private static final int MOST_ROW_LOCKS = 50_000;

  private DerbyEngine() {}

  static void prepare(StoreSettings settings) {
    if ("test".equals(System.getProperty(DURABILITY))) {
      throw new StoreException(
          DURABILITY + " is 'test': nothing would be safe on disk; take the property away");
    }
    properties(settings).forEach(System::setProperty);
  }

  private static Map<String, String> properties(StoreSettings settings) {
    Path directory = settings.directory().toAbsolutePath();
    long seconds = Math.max(1, settings.lockWait().toSeconds());
    return Map.of(
        "derby.system.home", directory.toString(),
        "derby.stream.error.file", directory.resolve(StoreDirectory.LOG).toString(),
        "derby.infolog.append", "true",
        // Its files are their owner's only, as its folder is.
        "derby.storage.useDefaultFilePermissions", "false",
        // Below that Derby's log would hold failed statements with their values, in the clear.
        "derby.stream.error.logSeverityLevel", "50000",
        "derby.storage.pageSize", Integer.toString(PAGE_BYTES),
        "derby.storage.pageCacheSize", Integer.toString(settings.pageCache()),
        // A submission of a thousand records must never lock a whole table.
        "derby.locks.escalationThreshold", Integer.toString(MOST_ROW_LOCKS),
        "derby.locks.waitTimeout", Long.toString(seconds),
        "derby.locks.deadlockTimeout", Long.toString(Math.max(1, seconds / 2)));
  }
}
