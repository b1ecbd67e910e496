package uk.cpis.gateway.events;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.DemographicNews;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotifiedRecord;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.OwedNews;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.store.Transaction;

/** The authorities with visible records that some news concern, each with these records. */
record Holders(List<Holder> all) {

  /** One authority's records, those under the person's newest number first. */
  record Holder(OdsCode authority, List<NotifiedRecord> records) {

    /** The numbers it holds them under, the newest first. */
    List<NhsNumber> numbers() {
      return records.stream().map(record -> record.plan().key().person()).distinct().toList();
    }

    private void owe(Transaction tx, UUID cause, Instant now, DemographicNews news) {
      tx.owed().add(cause, now, numbers().get(0), new OwedNews(authority, news, records));
    }
  }

  /** Of every record that is visible under these numbers, given newest first. */
  static Holders of(Transaction tx, List<NhsNumber> numbers, LocalDate today) {
    return of(numbers.stream().flatMap(each -> tx.plans().visible(each, today).stream()), today);
  }

  static Holders of(Stream<Plan> plans, LocalDate today) {
    Map<OdsCode, List<NotifiedRecord>> byAuthority =
        plans.collect(
            Collectors.groupingBy(
                plan -> plan.key().authority(),
                TreeMap::new,
                Collectors.mapping(plan -> asOf(today, plan), Collectors.toList())));
    return new Holders(
        byAuthority.entrySet().stream()
            .map(each -> new Holder(each.getKey(), each.getValue()))
            .toList());
  }

  private static NotifiedRecord asOf(LocalDate today, Plan plan) {
    return new NotifiedRecord(plan.shownOn(today), plan.activeOn(today));
  }

  Holders only(Predicate<Holder> which) {
    return new Holders(all.stream().filter(which).toList());
  }

  boolean none() {
    return all.isEmpty();
  }

  /** Owes the news to each of them. */
  void owe(Transaction tx, UUID cause, Instant now, DemographicNews news) {
    all.forEach(holder -> holder.owe(tx, cause, now, news));
  }
}
