package uk.cpis.gateway.simulator;

/** Is told how far something is that takes seconds; may throw to end it. */
@FunctionalInterface
public interface Steps {

  /** Takes no interest. */
  Steps UNTOLD = (done, total) -> {};

  /** So many of so many are done. */
  void at(int done, int total);
}
