package uk.cpis.gateway.store;

import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import uk.cpis.gateway.steps.Step;
import uk.cpis.gateway.steps.Steps;

/** Tells of each migration: when it begins, and in its transaction when it is written. */
record EachMigration(Steps steps) implements Callback {

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    steps.reached(
        event == Event.BEFORE_EACH_MIGRATE ? Step.MIGRATION_BEGUN : Step.MIGRATION_WRITTEN);
  }

  @Override
  public String getCallbackName() {
    return "steps";
  }
}
