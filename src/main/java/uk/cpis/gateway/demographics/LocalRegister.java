package uk.cpis.gateway.demographics;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.RegisterLoad;
import uk.cpis.gateway.store.People;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.Transaction;

/**
 * The people the gateway knows by itself: loaded from a file, kept in the store. What a file tells
 * that is new is told on in the very transaction that takes it over, so that neither is lost
 * without the other. Loads go one after the other; look-ups go on meanwhile.
 */
public final class LocalRegister implements Demographics {

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
    return new RegisterLoading(store, told, PeopleFile.check(file)).run();
  }

  /** A register in which nobody stands was never loaded: of it nothing may be concluded. */
  @Override
  public LookUps lookUp(Set<NhsNumber> numbers) {
    return store.read(
        tx ->
            tx.people().none()
                ? new LookUps.Unavailable()
                : new LookUps.Answered(found(tx, numbers)));
  }

  private static Map<NhsNumber, LookUp> found(Transaction tx, Set<NhsNumber> numbers) {
    People people = tx.people();
    Map<NhsNumber, LookUp> found = new HashMap<>();
    for (NhsNumber number : numbers) {
      found.put(
          number,
          people
              .find(number)
              .map(person -> Chain.lookUp(person, next -> people.find(next).map(Chain::of)))
              .orElseGet(LookUp.NotFound::new));
    }
    return found;
  }
}
