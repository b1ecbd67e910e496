package uk.cpis.gateway.steps;

/**
 * Is told on the thread that gets there, which goes on when it returns. Shared between threads. It
 * decides nothing: the gateway does the same whoever listens.
 */
@FunctionalInterface
public interface Steps {

  /** Nobody listens. */
  Steps NONE = step -> {};

  void reached(Step step);
}
