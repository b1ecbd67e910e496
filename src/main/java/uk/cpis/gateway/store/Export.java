package uk.cpis.gateway.store;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes every table into a file of its own, a row a line, each line a JSON object by the names of
 * the columns: times in UTC, dates as they are, null where there is nothing. A manifest names each
 * file with its rows and its SHA-256. Nothing is encrypted any more.
 */
public final class Export {

  private static final String TABLES =
      """
      SELECT tablename FROM sys.systables
      WHERE tabletype = 'T' AND tablename NOT LIKE 'flyway%'
      ORDER BY tablename
      """;

  private final Sql sql;

  Export(Sql sql) {
    this.sql = sql;
  }

  /** What one table gave. */
  public record Table(String name, long rows, String sha256) {}

  /** Writes all into this folder. For a store on which nobody works: then it is of one moment. */
  public List<Table> into(Path folder, Instant at) {
    List<Table> tables = new ArrayList<>();
    try {
      for (String name : sql.list(TABLES, row -> row.text("tablename"))) {
        tables.add(table(name, folder));
      }
      OwnFiles.write(folder.resolve("manifest"), manifest(tables, at));
      return tables;
    } catch (IOException e) {
      throw new StoreException("could not export into " + folder, e);
    }
  }

  private Table table(String name, Path folder) throws IOException {
    String lower = name.toLowerCase(Locale.ROOT);
    Path file = folder.resolve(lower + ".jsonl");
    try (Writer out = OwnFiles.writer(file)) {
      long rows = sql.each("SELECT * FROM " + name, row -> out.write(line(row)));
      out.flush();
      return new Table(lower, rows, Digests.sha256(file));
    }
  }

  private static String manifest(List<Table> tables, Instant at) {
    StringBuilder text = new StringBuilder("cpis-export 1\nat ").append(at).append('\n');
    tables.forEach(
        table ->
            text.append("table ")
                .append(table.sha256())
                .append(' ')
                .append(table.rows())
                .append(' ')
                .append(table.name())
                .append(".jsonl\n"));
    return text.toString();
  }

  private static String line(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    StringBuilder line = new StringBuilder("{");
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      line.append(i == 1 ? "" : ",");
      quote(line, columns.getColumnName(i).toLowerCase(Locale.ROOT)).append(':');
      value(line, row, i, columns.getColumnType(i));
    }
    return line.append("}\n").toString();
  }

  private static void value(StringBuilder line, ResultSet row, int column, int type)
      throws SQLException {
    String text =
        type == Types.TIMESTAMP && row.getTimestamp(column) != null
            ? row.getTimestamp(column, Row.utc()).toInstant().toString()
            : type == Types.BLOB ? hex(row.getBytes(column)) : row.getString(column);
    if (text == null) {
      line.append("null");
    } else if (type == Types.BIGINT || type == Types.INTEGER || type == Types.BOOLEAN) {
      line.append(text);
    } else {
      quote(line, text);
    }
  }

  private static @Nullable String hex(byte @Nullable [] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }

  private static StringBuilder quote(StringBuilder line, String text) {
    line.append('"');
    text.chars()
        .forEach(
            each -> {
              if (each == '"' || each == '\\') {
                line.append('\\').append((char) each);
              } else if (each < ' ') {
                line.append(String.format("\\u%04x", each));
              } else {
                line.append((char) each);
              }
            });
    return line.append('"');
  }
}
