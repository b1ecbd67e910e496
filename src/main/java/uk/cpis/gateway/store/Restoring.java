package uk.cpis.gateway.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.steps.Steps;
import uk.cpis.gateway.store.Restorations.Restoration;

/**
 * Makes a store of a backup, in an empty folder, and prepares it for a world that has seen more
 * than it knows: its numbers go on beyond any that can have been used since the backup, and all
 * that is owed counts as carried, so that the comparison of store and lanes queues what the lanes
 * lack, whatever the broker remembers. Until that is done the folder is no store.
 */
final class Restoring {

  /** More than any gateway gives in a second, and what is left free at the least. */
  private static final long NUMBERS_A_SECOND = 1_000;

  private static final long LEAST_LEAP = 1_000_000;

  private static final String NEWEST_OF_ANY_AUTHORITY =
      """
      SELECT MAX(number) AS highest FROM owed_notification
      """;
  private static final String RECHECK_FROM_THE_START =
      """
      UPDATE recheck_position SET nhs_number = NULL
      """;

  private final BackupManifest manifest;
  private final Restoration restoration;
  private final AuditEntry entry;

  private Restoring(BackupManifest manifest, Restoration restoration, AuditEntry entry) {
    this.manifest = manifest;
    this.restoration = restoration;
    this.entry = entry;
  }

  static Restoration of(StoreSettings settings, Path backup, Operator operator, AuditEntry entry) {
    BackupManifest manifest = BackupManifest.checked(backup, settings.key());
    Restoration restoration = new Restoration(entry.at(), manifest.at(), operator.name());
    Database database =
        Database.restore(settings, backup.resolve(BackupManifest.DATABASE), Steps.NONE);
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      new Restoring(manifest, restoration, entry).prepare(new Sql(connection));
      connection.commit();
      database.restored();
    } catch (SQLException e) {
      throw new StoreException("could not prepare the restored store", e);
    } finally {
      database.close();
    }
    return restoration;
  }

  private void prepare(Sql sql) {
    refuseAnotherOne(sql);
    leap(sql);
    new Restorations(sql).add(restoration);
    sql.updateOne(Audit.INSERT, Audit.values(entry, Optional.empty()));
    Numbers numbers = Numbers.lastIn(sql);
    Numbering numbering = new Numbering(sql, numbers);
    numbering.number(own());
    numbering.number(Numbering.leftOver(sql));
    new Watermark(sql).move(numbers.newest().owed());
    sql.updateOne(RECHECK_FROM_THE_START);
  }

  /** Its entry stands first behind the leap, where the seals look for what explains it. */
  private Unnumbered own() {
    Unnumbered own = new Unnumbered();
    own.audited(entry.id());
    return own;
  }

  private void refuseAnotherOne(Sql sql) {
    Numbers.Newest newest = Numbers.lastIn(sql).newest();
    if (newest.audited() < manifest.audited() || newest.owed() < manifest.owed()) {
      throw new StoreException("the backup holds less than its manifest says");
    }
  }

  /** Of each authority too, one that this store does not know of included. */
  private void leap(Sql sql) {
    Numbers.Newest newest = Numbers.lastIn(sql).newest();
    PurgedNumbers streams = new PurgedNumbers(sql);
    long since = Math.max(0, Duration.between(manifest.at(), restoration.restoredAt()).toSeconds());
    long leap = LEAST_LEAP + NUMBERS_A_SECOND * since;
    long ofAuthorities =
        Math.max(
            sql.one(NEWEST_OF_ANY_AUTHORITY, row -> row.number("highest")),
            streams.lastOfAuthorities());
    streams.purged(PurgedNumbers.AUDIT, newest.audited() + leap);
    streams.purged(PurgedNumbers.OWED, newest.owed() + leap);
    streams.purged(PurgedNumbers.EVERY_AUTHORITY, ofAuthorities + leap);
    streams.write();
  }
}
