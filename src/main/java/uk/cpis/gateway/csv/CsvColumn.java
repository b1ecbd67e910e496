package uk.cpis.gateway.csv;

import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** One column of a table: its name, what stands in it (for people), and how that is read. */
public record CsvColumn<T>(String name, String takes, Function<String, T> reader) {

  /** A column that has a value in every row. */
  public static <T> CsvColumn<T> required(
      String name, String takes, Function<String, ? extends T> reader) {
    return new CsvColumn<>(name, takes, text -> reader.apply(present(text)));
  }

  /** A column that may be empty. */
  public static <T> CsvColumn<Optional<T>> optional(
      String name, String takes, Function<String, ? extends T> reader) {
    return new CsvColumn<>(
        name, takes, text -> text.isEmpty() ? Optional.empty() : Optional.of(reader.apply(text)));
  }

  /** A column of any number of values with semicolons between them. */
  public static <T> CsvColumn<List<T>> several(
      String name, String takes, Function<String, ? extends T> reader) {
    return new CsvColumn<>(
        name,
        takes,
        text ->
            Arrays.stream(text.split(";"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .<T>map(reader)
                .toList());
  }

  /** What the text means, or empty where this column does not take it. */
  Optional<T> read(String text) {
    try {
      return Optional.of(reader.apply(text));
    } catch (IllegalArgumentException | DateTimeException | NoSuchElementException notTaken) {
      return Optional.empty();
    }
  }

  private static String present(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a value is missing");
    }
    return text;
  }
}
