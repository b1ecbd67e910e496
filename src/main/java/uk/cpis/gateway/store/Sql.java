package uk.cpis.gateway.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.PlanType;

/**
 * Statements on one connection. Values of the domain are bound in the one way in which the tables
 * hold them; times are UTC to the millisecond.
 */
final class Sql {

  /** Reads one row. */
  @FunctionalInterface
  interface Reading<T> {
    T of(Row row) throws SQLException;
  }

  private final Connection connection;

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Carries out a statement; the number of rows it changed. */
  int update(String statement, Object... values) {
    try (PreparedStatement prepared = prepare(statement, values)) {
      return prepared.executeUpdate();
    } catch (SQLException e) {
      throw failed(statement, e);
    }
  }

  /** Carries out a statement that changes exactly one row. */
  void updateOne(String statement, Object... values) {
    int changed = update(statement, values);
    if (changed != 1) {
      throw new StoreException("one row was to change, not " + changed + ": " + oneLine(statement));
    }
  }

  /** Inserts a row; false when its key is taken. The transaction goes on either way. */
  boolean insertNew(String statement, Object... values) {
    try {
      updateOne(statement, values);
      return true;
    } catch (StoreException e) {
      if (e.duplicate()) {
        return false;
      }
      throw e;
    }
  }

  /** Carries out a statement once for each row of values. */
  void batch(String statement, List<Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      for (Object[] row : rows) {
        bind(prepared, row);
        prepared.addBatch();
      }
      int changed = Arrays.stream(prepared.executeBatch()).sum();
      if (changed != rows.size()) {
        throw new StoreException(rows.size() + " rows were to change, not " + changed);
      }
    } catch (SQLException e) {
      throw failed(statement, e);
    }
  }

  <T> List<T> list(String statement, Reading<T> reading, Object... values) {
    try (PreparedStatement prepared = prepare(statement, values);
        ResultSet results = prepared.executeQuery()) {
      Row row = new Row(results);
      List<T> list = new ArrayList<>();
      while (results.next()) {
        list.add(reading.of(row));
      }
      return list;
    } catch (SQLException e) {
      throw failed(statement, e);
    }
  }

  /** Uses one row as it is. */
  @FunctionalInterface
  interface Use {
    void of(ResultSet row) throws SQLException, IOException;
  }

  /** Has each row used, one after the other, however many there are; how many there were. */
  long each(String statement, Use use) throws IOException {
    try (PreparedStatement prepared = prepare(statement);
        ResultSet results = prepared.executeQuery()) {
      long rows = 0;
      while (results.next()) {
        use.of(results);
        rows++;
      }
      return rows;
    } catch (SQLException e) {
      throw failed(statement, e);
    }
  }

  /** The one row there may be. */
  <T> Optional<T> find(String statement, Reading<T> reading, Object... values) {
    List<T> found = list(statement, reading, values);
    if (found.size() > 1) {
      throw new StoreException("more than one row: " + oneLine(statement));
    }
    return found.stream().findFirst();
  }

  /** The one row there always is. */
  <T> T one(String statement, Reading<T> reading, Object... values) {
    return find(statement, reading, values)
        .orElseThrow(() -> new StoreException("no row: " + oneLine(statement)));
  }

  private PreparedStatement prepare(String statement, Object... values) throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(statement);
    try {
      bind(prepared, values);
      return prepared;
    } catch (SQLException | RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  private static void bind(PreparedStatement prepared, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = held(values[i]);
      if (value instanceof Instant time) {
        Timestamp timestamp = Timestamp.from(time.truncatedTo(ChronoUnit.MILLIS));
        prepared.setTimestamp(i + 1, timestamp, Row.utc());
      } else {
        prepared.setObject(i + 1, value);
      }
    }
  }

  /** The value as a table holds it; null for an empty optional. */
  private static @Nullable Object held(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? held(optional.get()) : null;
    } else if (value instanceof LocalDate date) {
      return Date.valueOf(date);
    } else if (value instanceof NhsNumber number) {
      return number.digits();
    } else if (value instanceof ContentDigest digest) {
      return digest.hex();
    } else if (value instanceof PlanType type) {
      return type.code();
    } else if (value instanceof CareSetting setting) {
      return setting.code();
    } else if (value instanceof Enum<?> constant) {
      return constant.name();
    } else if (isHeldAsItIs(value)) {
      return value;
    }
    return value.toString();
  }

  private static boolean isHeldAsItIs(Object value) {
    return value instanceof Instant
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof byte[];
  }

  private static StoreException failed(String statement, SQLException cause) {
    return new StoreException("the store could not carry out: " + oneLine(statement), cause);
  }

  private static String oneLine(String statement) {
    return statement.strip().replaceAll("\\s+", " ");
  }
}
