package uk.cpis.gateway.domain;

import java.util.List;

/** What news of demographics owe to one authority: the news, and its records as they stood. */
public record OwedNews(OdsCode authority, DemographicNews news, List<NotifiedRecord> records) {

  /** Copies the list, which names what the news are about. */
  public OwedNews {
    records = List.copyOf(records);
    if (records.isEmpty()) {
      throw new IllegalArgumentException("news are told to those who hold a record");
    }
  }
}
