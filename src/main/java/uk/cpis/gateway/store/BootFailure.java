package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;

/** Why a database did not open, in words for the one who runs the gateway. */
final class BootFailure {

  private static final Map<String, String> REASONS =
      Map.of(
          "XBCXK", "the encryption key is not the one it was made with",
          "XBM06", "it is encrypted, and the key is missing or not the one it was made with",
          "XSDB6", "another process has it open",
          "08004", "it can only be read: its disk is full, or its files may not be written",
          "XJ004", "there is no database in it: files are missing; restore it from a backup");

  private static final String DAMAGED = "its files are damaged; restore it from a backup";

  private BootFailure() {}

  static String explained(SQLException failure) {
    return ": "
        + Stream.iterate(failure, next -> next != null, SQLException::getNextException)
            .map(SQLException::getSQLState)
            .filter(REASONS::containsKey)
            .findFirst()
            .map(REASONS::get)
            .orElse(DAMAGED);
  }
}
