package uk.cpis.gateway.security;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import uk.cpis.gateway.security.Examination.Outcome;
import uk.cpis.gateway.security.Examination.Step;

/** Goes on after a refusal where it can, and notes how each check ended. For one run. */
final class Examiner implements Checks {

  private final Map<Check, Step> made = new EnumMap<>(Check.class);

  @Override
  public <T> T must(Check check, Supplier<T> work) {
    try {
      T result = work.get();
      made.put(check, new Step(check, Outcome.PASSED, Optional.empty()));
      return result;
    } catch (RefusalException e) {
      throw noted(check, e);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw noted(
          check,
          RefusalException.of(
              RefusalCause.UNEXPECTED, e.getClass().getSimpleName() + " in the check"));
    }
  }

  private RefusalException noted(Check check, RefusalException refused) {
    made.put(check, new Step(check, Outcome.REFUSED, Optional.of(refused.refusal())));
    return refused;
  }

  @Override
  public void should(Check check, Runnable work) {
    try {
      must(
          check,
          () -> {
            work.run();
            return check;
          });
    } catch (RefusalException noted) {
      // it is among the steps; what follows does not need it
    }
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (Check check : Check.values()) {
      steps.add(made.getOrDefault(check, new Step(check, Outcome.NOT_REACHED, Optional.empty())));
    }
    return steps;
  }
}
