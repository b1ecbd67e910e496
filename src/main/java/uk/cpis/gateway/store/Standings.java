package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.cpis.gateway.domain.LinkedNumbers;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberLink;
import uk.cpis.gateway.domain.NumberStanding;

/** How NHS numbers stand (rules 14 and 19). A number that never stood otherwise has no row. */
public final class Standings {

  private static final String FIND =
      """
      SELECT * FROM number_standing --DERBY-PROPERTIES constraint=number_standing_pk
      WHERE nhs_number = ?
      """;
  private static final String AROUND =
      """
      SELECT nhs_number, standing, replacement, since
      FROM number_standing --DERBY-PROPERTIES constraint=number_standing_pk
      WHERE nhs_number = ?
      UNION ALL
      SELECT nhs_number, standing, replacement, since
      FROM number_standing --DERBY-PROPERTIES index=number_standing_by_replacement
      WHERE replacement = ?
      """;
  private static final String UPDATE =
      """
      UPDATE number_standing SET standing = ?, replacement = ?, since = ?
      WHERE nhs_number = ? AND (standing <> ? OR COALESCE(replacement, '') <> ?)
      """;
  private static final String UPDATE_TO_SENSITIVE =
      """
      UPDATE number_standing SET standing = 'SENSITIVE', since = ?
      WHERE nhs_number = ? AND standing <> 'SENSITIVE'
      """;
  private static final String INSERT =
      """
      INSERT INTO number_standing (nhs_number, standing, replacement, since) VALUES (?, ?, ?, ?)
      """;

  private enum Word {
    CURRENT,
    SUPERSEDED,
    INVALIDATED,
    SENSITIVE
  }

  private record Known(
      NhsNumber number, Word word, Optional<NhsNumber> replacement, Instant since) {

    boolean withheld() {
      return word == Word.SENSITIVE || word == Word.INVALIDATED;
    }
  }

  private final Sql sql;

  Standings(Sql sql) {
    this.sql = sql;
  }

  /** How this number stands. */
  public NumberStanding of(NhsNumber number) {
    return sql.find(FIND, Standings::known, number)
        .map(Standings::standing)
        .orElseGet(NumberStanding.Current::new);
  }

  /**
   * Keeps how a number stands now; false when it stood so before, so that news are told once. A
   * merged number that becomes sensitive keeps its link, because all numbers of the person are
   * withheld with it.
   */
  public boolean put(NhsNumber number, NumberStanding standing, Instant at) {
    if (update(number, standing, at)) {
      return true;
    }
    if (sql.find(FIND, Standings::known, number).isPresent()
        || standing instanceof NumberStanding.Current) {
      return false;
    }
    // Where another transaction came first with this number, it stands as that one left it.
    return sql.insertNew(INSERT, number, word(standing), replacement(standing), at)
        || put(number, standing, at);
  }

  private boolean update(NhsNumber number, NumberStanding standing, Instant at) {
    if (standing instanceof NumberStanding.Sensitive) {
      return sql.update(UPDATE_TO_SENSITIVE, at, number) == 1;
    }
    Word word = word(standing);
    Optional<NhsNumber> replacement = replacement(standing);
    String replaced = replacement.map(NhsNumber::digits).orElse("");
    return sql.update(UPDATE, word, replacement, at, number, word, replaced) == 1;
  }

  /**
   * Every number of the person who has this one (rule 14). For an ordinary number this takes one
   * statement of two indexed reads.
   */
  public LinkedNumbers linked(NhsNumber number) {
    Map<NhsNumber, Known> known = around(number);
    List<NumberLink> links =
        known.values().stream()
            .flatMap(
                each ->
                    each.replacement().stream()
                        .map(newer -> new NumberLink(each.number(), newer, each.since())))
            .toList();
    return LinkedNumbers.of(number, links, known.values().stream().anyMatch(Known::withheld));
  }

  /** Follows the merges up and down, each number once. */
  private Map<NhsNumber, Known> around(NhsNumber number) {
    Map<NhsNumber, Known> known = new LinkedHashMap<>();
    Set<NhsNumber> seen = new HashSet<>(Set.of(number));
    Deque<NhsNumber> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      NhsNumber next = open.remove();
      for (Known each : sql.list(AROUND, Standings::known, next, next)) {
        known.put(each.number(), each);
        if (seen.add(each.number())) {
          open.add(each.number());
        }
        each.replacement().filter(seen::add).ifPresent(open::add);
      }
    }
    return known;
  }

  private static Word word(NumberStanding standing) {
    if (standing instanceof NumberStanding.Superseded) {
      return Word.SUPERSEDED;
    } else if (standing instanceof NumberStanding.Invalidated) {
      return Word.INVALIDATED;
    }
    return standing instanceof NumberStanding.Sensitive ? Word.SENSITIVE : Word.CURRENT;
  }

  private static Optional<NhsNumber> replacement(NumberStanding standing) {
    return standing instanceof NumberStanding.Superseded superseded
        ? superseded.replacement()
        : Optional.empty();
  }

  private static NumberStanding standing(Known known) {
    return switch (known.word()) {
      case CURRENT -> new NumberStanding.Current();
      case SUPERSEDED -> new NumberStanding.Superseded(known.replacement());
      case INVALIDATED -> new NumberStanding.Invalidated();
      case SENSITIVE -> new NumberStanding.Sensitive();
    };
  }

  private static Known known(Row row) throws SQLException {
    return new Known(
        row.person("nhs_number"),
        Word.valueOf(row.text("standing")),
        row.optionalPerson("replacement"),
        row.time("since"));
  }
}
