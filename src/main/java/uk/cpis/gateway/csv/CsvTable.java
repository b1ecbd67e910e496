package uk.cpis.gateway.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The shape of a file: its columns, what a row means, and how a value is written as a row. UTF-8,
 * the names of the columns in the first line, in any order; columns it does not know are refused.
 */
public final class CsvTable<R> {

  private static final CsvMapper MAPPER = new CsvMapper();
  private static final ObjectReader READER =
      MAPPER
          .readerFor(String[].class)
          .withFeatures(
              CsvParser.Feature.WRAP_AS_ARRAY,
              CsvParser.Feature.SKIP_EMPTY_LINES,
              CsvParser.Feature.TRIM_SPACES);
  private static final ObjectWriter WRITER =
      MAPPER.writerFor(String[].class).with(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING);

  private final List<CsvColumn<?>> columns;
  private final Function<CsvRow, R> meaning;
  private final Function<R, List<String>> form;

  /** A table of these columns; the form gives a value's texts in the same order. */
  public CsvTable(
      List<CsvColumn<?>> columns, Function<CsvRow, R> meaning, Function<R, List<String>> form) {
    this.columns = List.copyOf(columns);
    this.meaning = meaning;
    this.form = form;
  }

  /** All rows of the file; none where any has a fault. */
  public List<R> read(Path file) {
    List<R> rows = new ArrayList<>();
    read(file, rows::add);
    return rows;
  }

  /**
   * Hands on each good row as it is read, and says at the end what was wrong with the others. Who
   * takes a row may refuse it by an {@link IllegalArgumentException}, which says why without its
   * content.
   */
  public void read(Path file, Consumer<R> rows) {
    try (InputStream in = Files.newInputStream(file)) {
      read(file, in, rows);
    } catch (IOException unreadable) {
      throw new CsvException(file, "cannot be read", unreadable);
    }
  }

  /** The same for a text in memory: who must take all or nothing reads it twice. */
  public void read(CsvText text, Consumer<R> rows) {
    read(text.file(), text.open(), rows);
  }

  private void read(Path file, InputStream in, Consumer<R> rows) {
    try (MappingIterator<String[]> lines = READER.readValues(in)) {
      CsvReading<R> reading = new CsvReading<>(columns, meaning, rows);
      while (lines.hasNextValue()) {
        int line = lines.getCurrentLocation().getLineNr();
        reading.take(line, lines.nextValue());
      }
      reading.finish(file);
    } catch (JsonProcessingException malformed) {
      int line = malformed.getLocation() == null ? 1 : malformed.getLocation().getLineNr();
      throw new CsvException(file, List.of("line " + line + ": is not well-formed"));
    } catch (IOException unreadable) {
      throw new CsvException(file, "cannot be read", unreadable);
    }
  }

  /** Writes the file anew with these rows. */
  public void write(Path file, Iterable<R> rows) {
    try (OutputStream out = Files.newOutputStream(file);
        SequenceWriter lines = WRITER.writeValues(out)) {
      lines.write(columns.stream().map(CsvColumn::name).toArray(String[]::new));
      for (R row : rows) {
        lines.write(form.apply(row).toArray(String[]::new));
      }
    } catch (IOException unwritable) {
      throw new CsvException(file, "cannot be written", unwritable);
    }
  }
}
