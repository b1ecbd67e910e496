package uk.cpis.gateway.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** One reading of one file: the header first, then each row, with the faults gathered. */
final class CsvReading<R> {

  private static final int MOST_FAULTS_NAMED = 100;

  private final List<CsvColumn<?>> columns;
  private final Function<CsvRow, R> meaning;
  private final Consumer<R> rows;
  private final List<String> faults = new ArrayList<>();
  private Optional<List<String>> header = Optional.empty();
  private int unnamedFaults;

  CsvReading(List<CsvColumn<?>> columns, Function<CsvRow, R> meaning, Consumer<R> rows) {
    this.columns = columns;
    this.meaning = meaning;
    this.rows = rows;
  }

  void take(int line, String[] cells) {
    if (header.isEmpty()) {
      header = Optional.of(List.of(cells));
      checkHeader(List.of(cells));
    } else if (cells.length != header.get().size()) {
      fault("line " + line + ": has not as many values as the first line has names");
    } else {
      takeRow(line, header.get(), Arrays.asList(cells));
    }
  }

  void finish(Path file) {
    if (header.isEmpty()) {
      fault("the line of column names is missing");
    }
    if (unnamedFaults > 0) {
      faults.add("and " + unnamedFaults + " more");
    }
    if (!faults.isEmpty()) {
      throw new CsvException(file, faults);
    }
  }

  private void checkHeader(List<String> names) {
    List<String> expected = columns.stream().map(CsvColumn::name).toList();
    expected.stream()
        .filter(name -> !names.contains(name))
        .forEach(name -> fault("line 1: the column " + name + " is missing"));
    if (!expected.containsAll(names) || names.stream().distinct().count() != names.size()) {
      fault("line 1: a column stands twice or is none of " + String.join(", ", expected));
    }
  }

  private void takeRow(int line, List<String> names, List<String> cells) {
    Map<String, Object> values = new HashMap<>();
    for (CsvColumn<?> column : columns) {
      int index = names.indexOf(column.name());
      Optional<?> value = index < 0 ? Optional.empty() : column.read(cells.get(index));
      value.ifPresentOrElse(
          good -> values.put(column.name(), good),
          () -> fault("line " + line + ", " + column.name() + ": not " + column.takes()));
    }
    if (values.size() == columns.size()) {
      takeMeaning(line, new CsvRow(values));
    }
  }

  private void takeMeaning(int line, CsvRow row) {
    try {
      rows.accept(meaning.apply(row));
    } catch (IllegalArgumentException contradiction) {
      fault("line " + line + ": " + contradiction.getMessage());
    }
  }

  private void fault(String fault) {
    if (faults.size() < MOST_FAULTS_NAMED) {
      faults.add(fault);
    } else {
      unnamedFaults++;
    }
  }
}
