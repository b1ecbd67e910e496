package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/**
 * The store could not do its work. The message says what was attempted and never contains personal
 * data: of a statement it has the text without values. The database's own messages may quote
 * values, so the cause is a copy that keeps states and stack traces and leaves those messages out;
 * the whole chain is safe to log.
 */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Set<String> PASSING = Set.of("40001", "40XL1", "40XL2");
  private static final String DUPLICATE = "23505";

  private final String state;

  StoreException(String message) {
    super(message);
    this.state = "";
  }

  StoreException(String attempted, Throwable cause) {
    super(attempted + reason(cause), withoutValues(cause));
    this.state = cause instanceof SQLException sql ? state(sql) : "";
  }

  /** Whether the same may succeed when tried again: a deadlock or a lock not had in time. */
  public boolean passing() {
    return PASSING.contains(state);
  }

  boolean duplicate() {
    return DUPLICATE.equals(state);
  }

  private static String reason(Throwable cause) {
    return cause instanceof SQLException sql ? " (SQL state " + state(sql) + ")" : "";
  }

  private static String state(SQLException failure) {
    return Optional.ofNullable(failure.getSQLState()).orElse("unknown");
  }

  private static Throwable withoutValues(Throwable cause) {
    if (!(cause instanceof SQLException sql)) {
      return cause;
    }
    SQLException copy =
        new SQLException("SQL state " + state(sql), sql.getSQLState(), sql.getErrorCode());
    copy.setStackTrace(sql.getStackTrace());
    Optional.ofNullable(sql.getNextException())
        .ifPresent(next -> copy.setNextException((SQLException) withoutValues(next)));
    return copy;
  }
}
