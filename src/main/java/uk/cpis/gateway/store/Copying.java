package uk.cpis.gateway.store;

import java.nio.file.Path;

/** What a backup asks of the database. */
final class Copying {

  // Refuses rather than waits beside operations that are not logged; the gateway has none once it
  // is open, since its migrations come first.
  private static final String COPY =
      """
      CALL SYSCS_UTIL.SYSCS_BACKUP_DATABASE_NOWAIT(?)
      """;
  private static final String SCHEMA =
      """
      SELECT "version" FROM "flyway_schema_history" WHERE "success" = true
      ORDER BY "installed_rank" DESC
      FETCH FIRST ROW ONLY
      """;

  private final Sql sql;

  Copying(Sql sql) {
    this.sql = sql;
  }

  /** Copies the database into this folder, under its own name, beside whoever works on it. */
  void copyInto(Path folder) {
    sql.update(COPY, folder.toAbsolutePath());
  }

  /** The version of the tables. */
  String schema() {
    return sql.one(SCHEMA, row -> row.text("version"));
  }

  Numbers.Newest newest() {
    return Numbers.lastIn(sql).newest();
  }
}
