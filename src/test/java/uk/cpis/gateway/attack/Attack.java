package uk.cpis.gateway.attack;

import java.util.Set;

/**
 * One attack: its class, its name, how a valid message becomes hostile, how that must end, and of
 * which messages it can be made.
 */
record Attack(String group, String name, Making making, Expected expected, Set<Kind> kinds) {

  /** Makes the hostile message of a valid one. */
  @FunctionalInterface
  interface Making {
    Hostile of(Draft draft, Canary canary);
  }

  @Override
  public String toString() {
    return group + ": " + name;
  }
}
