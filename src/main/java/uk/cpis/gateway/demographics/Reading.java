package uk.cpis.gateway.demographics;

import java.time.Duration;
import java.util.Optional;

/** What one answer of PDS means. */
sealed interface Reading {

  /** It says how the number stands. */
  record Known(LookUp lookUp) implements Reading {}

  /** The token was not accepted. */
  record NotLetIn() implements Reading {}

  /** PDS may answer when asked again, perhaps after the pause it states. */
  record Later(String cause, Optional<Duration> pause) implements Reading {}

  /** Nothing may be concluded from it, however often it is asked; the cause names nobody. */
  record Broken(String cause) implements Reading {}
}
