package uk.cpis.gateway.store;

import java.util.List;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;

/** Of which births each authority was told, so that it is told of each once (rule 15). */
public final class Births {

  private static final String TOLD =
      """
      SELECT mother FROM told_birth --DERBY-PROPERTIES constraint=told_birth_pk
      WHERE baby = ? AND authority = ?
      """;
  private static final String INSERT =
      """
      INSERT INTO told_birth (baby, authority, mother) VALUES (?, ?, ?)
      """;
  private static final String FORGET =
      """
      DELETE FROM told_birth
      WHERE mother = ? AND authority = ?
      """;

  private final Sql sql;

  Births(Sql sql) {
    this.sql = sql;
  }

  /**
   * Keeps that this authority is told that the baby is this mother's, whose plan it holds under
   * these of her numbers; false when it was told so before, under any of her numbers. Of two
   * transactions that tell the same at once, the second waits for the first.
   */
  public boolean tell(
      NhsNumber baby, OdsCode authority, LinkedNumbers mother, List<NhsNumber> held) {
    List<NhsNumber> before = sql.list(TOLD, row -> row.person("mother"), baby, authority);
    if (before.stream().anyMatch(mother.newestFirst()::contains)) {
      return false;
    }
    return held.stream()
        .sorted()
        .allMatch(number -> sql.insertNew(INSERT, baby, authority, number));
  }

  /** With the plan goes the memory of the births it was for. */
  void forget(NhsNumber mother, OdsCode authority) {
    sql.update(FORGET, mother, authority);
  }
}
