package uk.cpis.gateway.demographics;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.TestStore;

/** The local register answers as demographics must. */
class LocalRegisterLookUpIT extends DemographicsContract {

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = TestStore.open(folder.resolve("store"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  Demographics knowing(DemographicPerson... people) {
    Path file = folder.resolve("people.csv");
    PeopleFile.write(file, List.of(people));
    LocalRegister register = new LocalRegister(store, (tx, event) -> {});
    register.load(file);
    return register;
  }
}
