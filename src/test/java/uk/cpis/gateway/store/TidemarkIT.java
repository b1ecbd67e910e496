package uk.cpis.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.cpis.gateway.store.Examples.NOON;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.steps.Step;

/** What is noted beside the database must never be ahead of it. */
class TidemarkIT {

  @TempDir Path directory;

  private final AtomicReference<Runnable> beforeTheCommit = new AtomicReference<>(() -> {});

  @Test
  void aStoreWhoseLastBatchWasNeverCommittedOpensAgain() {
    try (Store store = open()) {
      store.writer().submit(Examples.access("U1", NOON), List.of()).join();
      beforeTheCommit.set(
          () -> {
            store.noteNewest();
            throw new IllegalStateException("planted, in place of a crash before the commit");
          });

      assertThatThrownBy(() -> store.writer().submit(Examples.access("U2", NOON), List.of()).join())
          .isInstanceOf(CompletionException.class);
    }

    beforeTheCommit.set(() -> {});
    try (Store store = open()) {
      assertThat(store.writer().submit(Examples.access("U3", NOON), List.of()).join())
          .isEqualTo(new AccessOutcome.Committed(2, true));
    }
  }

  private Store open() {
    return Store.open(
        Examples.settings(directory),
        step -> {
          if (step == Step.BATCH_WRITTEN) {
            beforeTheCommit.get().run();
          }
        });
  }
}
