package uk.cpis.gateway.demographics;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.RegisterLoad;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * The people the gateway knows by itself: loaded from a file, kept in the store. What a file tells
 * that is new is told on in the very transaction that takes it over, so that neither is lost
 * without the other. How a number stood is asked of the store's standings, which whoever is told
 * keeps: so a register that was there before its news were told still brings them. Loads go one
 * after the other; look-ups go on meanwhile.
 */
public final class LocalRegister implements Demographics {

  /** So few that others get their turn, and that what they owe stays far from a table's lock. */
  private static final int LOADED_AT_ONCE = 200;

  private final Store store;
  private final BiConsumer<Transaction, DemographicEvent> told;

  /** Tells its news by this function, which changes nothing but the store. */
  public LocalRegister(Store store, BiConsumer<Transaction, DemographicEvent> told) {
    this.store = store;
    this.told = told;
  }

  /**
   * Takes over what the file says of its people; how many were new or changed. Nothing is taken
   * from a file with a fault, and who is not in the file stays as she was. The same file again
   * changes and tells nothing.
   */
  public synchronized RegisterLoad.Loaded load(Path file) {
    Loading loading = new Loading();
    PeopleFile.read(file, loading::add);
    return loading.finish();
  }

  /** A register in which nobody stands was never loaded: of it nothing may be concluded. */
  @Override
  public LookUps lookUp(Set<NhsNumber> numbers) {
    Map<NhsNumber, DemographicPerson> known = store.read(tx -> tx.people().find(numbers));
    if (known.isEmpty() && store.read(tx -> tx.people().none())) {
      return new LookUps.Unavailable();
    }
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
    private RegisterLoad.Loaded changes = RegisterLoad.Loaded.NOTHING;

    void add(DemographicPerson person) {
      people.add(person);
      if (people.size() == LOADED_AT_ONCE) {
        put();
      }
    }

    RegisterLoad.Loaded finish() {
      put();
      return changes;
    }

    private void put() {
      changes = changes.plus(store.inTransaction(this::putAll));
      people.clear();
    }

    private RegisterLoad.Loaded putAll(Transaction tx) {
      return people.stream()
          .map(person -> take(tx, person))
          .reduce(RegisterLoad.Loaded.NOTHING, RegisterLoad.Loaded::plus);
    }
  }

  private RegisterLoad.Loaded take(Transaction tx, DemographicPerson person) {
    Optional<DemographicPerson> before = tx.people().find(person.number());
    List<DemographicEvent> news =
        RegisterNews.of(tx.standings().of(person.number()), before, person);
    boolean changed = !before.equals(Optional.of(person));
    if (changed) {
      tx.people().put(person);
    }
    news.forEach(event -> told.accept(tx, event));
    return new RegisterLoad.Loaded(before.isEmpty() ? 1 : 0, before.isPresent() && changed ? 1 : 0);
  }
}
