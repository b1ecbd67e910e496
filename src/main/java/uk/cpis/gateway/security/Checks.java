package uk.cpis.gateway.security;

import java.util.function.Supplier;

/** How one run through the checks treats a refusal: the first ends it, or it goes on. */
interface Checks {

  /** The first refusal ends the run: for messages that are to be acted on. */
  Checks FIRST_ENDS =
      new Checks() {
        @Override
        public <T> T must(Check check, Supplier<T> work) {
          return work.get();
        }

        @Override
        public void should(Check check, Runnable work) {
          work.run();
        }
      };

  /** A check whose result later checks need. */
  <T> T must(Check check, Supplier<T> work);

  /** A check after which others can be made whether it passes or not. */
  void should(Check check, Runnable work);
}
