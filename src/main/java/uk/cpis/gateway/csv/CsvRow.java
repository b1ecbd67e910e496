package uk.cpis.gateway.csv;

import java.util.Map;

/** A row in which every column has been found good. */
public final class CsvRow {

  private final Map<String, Object> values;

  CsvRow(Map<String, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** The value of this row in the column. */
  @SuppressWarnings("unchecked") // the table put there what this very column had read
  public <T> T of(CsvColumn<T> column) {
    Object value = values.get(column.name());
    if (value == null) {
      throw new IllegalStateException("no column of this table: " + column.name());
    }
    return (T) value;
  }
}
