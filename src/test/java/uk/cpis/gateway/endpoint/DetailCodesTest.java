package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.endpoint.FaultText.SpineCode;
import uk.cpis.gateway.security.RefusalCause;

/** Holds the catalogue of detail codes to the program: every code, and none besides. */
class DetailCodesTest {

  private static final Path CATALOGUE = Path.of("src", "main", "dist", "detail-codes.md");
  private static final Pattern CODE = Pattern.compile("CPG-[0-9]{3}");

  /** One row of the catalogue. */
  private record Entry(String code, String with, String meaning, String mender, String example) {

    static Entry of(String row) {
      List<String> cells = Arrays.stream(row.split("\\|")).map(String::strip).skip(1).toList();
      assertThat(cells).as(row).hasSize(5).noneMatch(String::isEmpty);
      return new Entry(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4));
    }
  }

  private static final Map<String, Entry> ENTRIES =
      read(CATALOGUE)
          .lines()
          .filter(line -> line.startsWith("| CPG-"))
          .map(Entry::of)
          .collect(Collectors.toMap(Entry::code, Function.identity()));

  @ParameterizedTest
  @EnumSource
  void tellsTheMeaningOfEachDetailCodeInTheProgramsWords(DetailCode detail) {
    assertThat(ENTRIES).containsKey(detail.code());
    Entry entry = ENTRIES.get(detail.code());
    assertThat(entry.meaning()).isEqualTo(detail.description());
    assertThat(entry.with()).matches("CPF01|CPF06|CPR07");
  }

  @ParameterizedTest
  @EnumSource
  void tellsTheMeaningOfEachRejectionInTheProgramsWords(RejectionReason reason) {
    FaultText told = Faults.of(reason);
    assertThat(ENTRIES).containsKey(told.code());
    assertThat(ENTRIES.get(told.code()).meaning()).isEqualTo(told.text());
    assertThat(ENTRIES.get(told.code()).with()).isEqualTo(fault(told));
  }

  @Test
  void tellsWhetherAMessageThatWasRefusedMayBeSentAgain() {
    others().forEach(told -> assertThat(ENTRIES.get(told.code()).with()).isEqualTo(fault(told)));
  }

  @Test
  void namesEveryCodeOfTheProgramAndNoneBesides() {
    List<String> codes =
        Stream.of(
                Stream.of(DetailCode.values()).map(DetailCode::code),
                Stream.of(RejectionReason.values()).map(Faults::of).map(FaultText::code),
                others().map(FaultText::code))
            .flatMap(each -> each)
            .distinct()
            .toList();

    assertThat(ENTRIES.keySet()).containsExactlyInAnyOrderElementsOf(codes);
    assertThat(codes).allMatch(code -> CODE.matcher(code).matches());
  }

  @Test
  void isWhereTheSchemaAndTheReadmeSay() {
    assertThat(read(Path.of("xsd", "submission.xsd"))).contains("detail-codes.md");
    assertThat(read(Path.of("README.md"))).contains("](src/main/dist/detail-codes.md)");
  }

  private static Stream<FaultText> others() {
    return Stream.concat(
        Stream.of(Faults.NOT_THE_CONTRACT, Faults.UNEXPECTED, Faults.NO_SUCH_DOCUMENT),
        Stream.of(RefusalCause.values()).map(Faults::of));
  }

  private static String fault(FaultText told) {
    return told.spine().map(SpineCode::code).map("fault "::concat).orElse("fault");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
