package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.apache.derby.shared.common.error.StandardException;
import org.jspecify.annotations.Nullable;

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

  /** A page whose checksum does not fit, that cannot be read, or that has another form. */
  private static final Set<String> DAMAGED = Set.of("XSDG0", "XSDG2", "XSDB1");

  private static final int DEEPEST = 20;

  private final String state;
  private final boolean damaged;

  StoreException(String message) {
    super(message);
    this.state = "";
    this.damaged = false;
  }

  StoreException(String attempted, Throwable cause) {
    super(attempted + reason(cause), withoutValues(cause));
    this.state = cause instanceof SQLException sql ? state(sql) : "";
    this.damaged = tellsOfDamage(cause, DEEPEST);
  }

  private StoreException(StoreException met) {
    super("a page of the store is damaged: restore a backup", met);
    this.state = "";
    this.damaged = true;
  }

  static StoreException ofDamage(StoreException met) {
    return new StoreException(met);
  }

  /** The database wraps the state that tells of it more than once. */
  private static boolean tellsOfDamage(@Nullable Throwable cause, int depth) {
    if (cause == null || depth == 0) {
      return false;
    }
    String found =
        cause instanceof SQLException sql
            ? state(sql)
            : cause instanceof StandardException derby ? derby.getSQLState() : "";
    return DAMAGED.contains(found)
        || tellsOfDamage(cause.getCause(), depth - 1)
        || cause instanceof SQLException sql && tellsOfDamage(sql.getNextException(), depth - 1);
  }

  /** Whether a page of the store is damaged: only a backup helps. */
  public boolean damaged() {
    return damaged;
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
