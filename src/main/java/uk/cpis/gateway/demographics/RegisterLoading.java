package uk.cpis.gateway.demographics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.RegisterLoad.Loaded;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * One file being taken over, some people to a transaction. How a number stood is asked of the
 * store's standings, which whoever is told keeps: so people who were there before their news were
 * told still bring them.
 */
final class RegisterLoading {

  /** So few that others get their turn, and that what they owe stays far from a table's lock. */
  private static final int LOADED_AT_ONCE = 200;

  private final Store store;
  private final BiConsumer<Transaction, DemographicEvent> told;
  private final PeopleFile.Checked file;
  private final List<DemographicPerson> people = new ArrayList<>();
  private Loaded loaded = Loaded.NOTHING;

  RegisterLoading(
      Store store, BiConsumer<Transaction, DemographicEvent> told, PeopleFile.Checked file) {
    this.store = store;
    this.told = told;
    this.file = file;
  }

  Loaded run() {
    file.each(this::add);
    takeAll();
    return loaded;
  }

  private void add(DemographicPerson person) {
    people.add(person);
    if (people.size() == LOADED_AT_ONCE) {
      takeAll();
    }
  }

  private void takeAll() {
    loaded =
        loaded.plus(
            store.inTransaction(
                tx ->
                    people.stream()
                        .map(person -> take(tx, person))
                        .reduce(Loaded.NOTHING, Loaded::plus)));
    people.clear();
  }

  private Loaded take(Transaction tx, DemographicPerson person) {
    Optional<DemographicPerson> before = tx.people().find(person.number());
    NumberStanding stood = tx.standings().of(person.number());
    RegisterNews.of(stood, standing(tx, person), before, person)
        .forEach(event -> told.accept(tx, event));
    if (before.isEmpty()) {
      tx.people().put(person);
      return new Loaded(1, 0);
    }
    if (before.get().equals(person)) {
      return Loaded.NOTHING;
    }
    tx.people().put(person);
    return new Loaded(0, 1);
  }

  /** As the whole file says, whose other lines may come later. */
  private NumberStanding standing(Transaction tx, DemographicPerson person) {
    return Chain.lookUp(person, Chain.first(file.chains(), tx.people()::find))
        .standing()
        .orElseThrow();
  }
}
