package uk.cpis.gateway.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {

  private record Visit(String who, Optional<LocalDate> day, List<String> places) {}

  private static final CsvColumn<String> WHO = CsvColumn.required("who", "a name", text -> text);
  private static final CsvColumn<Optional<LocalDate>> DAY =
      CsvColumn.optional("day", "a day (YYYY-MM-DD)", LocalDate::parse);
  private static final CsvColumn<List<String>> PLACES =
      CsvColumn.several("places", "places", text -> text);
  private static final CsvTable<Visit> VISITS =
      new CsvTable<>(
          List.of(WHO, DAY, PLACES),
          row -> new Visit(row.of(WHO), row.of(DAY), row.of(PLACES)),
          visit ->
              List.of(
                  visit.who(),
                  visit.day().map(LocalDate::toString).orElse(""),
                  String.join(";", visit.places())));

  @TempDir Path folder;

  @Test
  void readsBackWhatItWrote() {
    Path file = folder.resolve("visits.csv");
    List<Visit> visits =
        List.of(
            new Visit("Łucja \"Ó\" Briain", Optional.of(LocalDate.of(2026, 2, 28)), List.of()),
            new Visit("one,\ntwo", Optional.empty(), List.of("here", "there")));

    VISITS.write(file, visits);

    assertThat(VISITS.read(file)).isEqualTo(visits);
  }

  @Test
  void takesWhatSpreadsheetsWrite() throws IOException {
    Path file = file("\uFEFFday,places,who\r\n2026-01-02, a ; b ,Anna\r\n\r\n,,\"Ben\"\r\n");

    assertThat(VISITS.read(file))
        .containsExactly(
            new Visit("Anna", Optional.of(LocalDate.of(2026, 1, 2)), List.of("a", "b")),
            new Visit("Ben", Optional.empty(), List.of()));
  }

  @Test
  void namesAllFaultsByLineAndColumnAndNeverByContent() throws IOException {
    Path file = file("who,day,places\nAnna,secret,\n,2026-01-02,\nBen,2026-13-01\nEve,,\n");

    CsvException refusal = catchThrowableOfType(CsvException.class, () -> VISITS.read(file));

    assertThat(refusal.faults())
        .containsExactly(
            "line 2, day: not a day (YYYY-MM-DD)",
            "line 3, who: not a name",
            "line 4: has not as many values as the first line has names");
    assertThat(refusal).hasMessageNotContaining("secret");
  }

  @Test
  void refusesColumnsItDoesNotKnowAndMissesThoseItNeeds() throws IOException {
    Path file = file("who,day,places_visited\n");

    CsvException refusal = catchThrowableOfType(CsvException.class, () -> VISITS.read(file));

    assertThat(refusal.faults())
        .containsExactly(
            "line 1: the column places is missing",
            "line 1: a column stands twice or is none of who, day, places");
  }

  @Test
  void saysWhereAQuoteIsNeverClosed() throws IOException {
    Path file = file("who,day,places\nAnna,,\n\"Ben,,\n");

    CsvException refusal = catchThrowableOfType(CsvException.class, () -> VISITS.read(file));

    assertThat(refusal.faults()).singleElement().asString().endsWith(": is not well-formed");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    Path file = file("");

    CsvException refusal = catchThrowableOfType(CsvException.class, () -> VISITS.read(file));

    assertThat(refusal.faults()).containsExactly("the line of column names is missing");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("visits.csv"), text);
  }
}
