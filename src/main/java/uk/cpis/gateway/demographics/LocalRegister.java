package uk.cpis.gateway.demographics;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/** The people the gateway knows by itself: loaded from a file, kept in the store. */
public final class LocalRegister implements Demographics {

  private static final int LOADED_AT_ONCE = 1_000;

  private final Store store;

  public LocalRegister(Store store) {
    this.store = store;
  }

  /**
   * Takes over what the file says of its people; how many were new or changed. Nothing is taken
   * from a file with a fault, and who is not in the file stays as he was.
   */
  public int load(Path file) {
    Loading loading = new Loading();
    PeopleFile.read(file, loading::add);
    return loading.finish();
  }

  @Override
  public LookUps lookUp(Set<NhsNumber> numbers) {
    Map<NhsNumber, DemographicPerson> known = store.read(tx -> tx.people().find(numbers));
    return new LookUps.Answered(
        numbers.stream()
            .collect(Collectors.toMap(Function.identity(), number -> lookUp(known, number))));
  }

  private static LookUp lookUp(Map<NhsNumber, DemographicPerson> known, NhsNumber number) {
    DemographicPerson person = known.get(number);
    return person == null ? new LookUp.NotFound() : LookUp.of(person);
  }

  /** One file being loaded, some people to a transaction, so that others get their turn. */
  private final class Loading {

    private final List<DemographicPerson> people = new ArrayList<>();
    private int changed;

    void add(DemographicPerson person) {
      people.add(person);
      if (people.size() == LOADED_AT_ONCE) {
        put();
      }
    }

    int finish() {
      put();
      return changed;
    }

    private void put() {
      changed += store.inTransaction(this::putChanged);
      people.clear();
    }

    private int putChanged(Transaction tx) {
      Map<NhsNumber, DemographicPerson> known =
          tx.people().find(people.stream().map(DemographicPerson::number).toList());
      List<DemographicPerson> news =
          people.stream().filter(person -> !person.equals(known.get(person.number()))).toList();
      news.forEach(tx.people()::put);
      return news.size();
    }
  }
}
