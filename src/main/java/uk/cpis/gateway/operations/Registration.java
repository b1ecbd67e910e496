package uk.cpis.gateway.operations;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import uk.cpis.gateway.domain.Expiry;
import uk.cpis.gateway.domain.Operator;

/**
 * What operations may have done to the registration and to keys and trust, in the name of an
 * operator.
 *
 * @param load has its files read and taken
 * @param take has the systems taken that a command proposed under this name
 * @param forecast what ends when, the first to end first
 * @param unknown what may be done about revocation that is unknown
 * @param keys has the files of the gateway's own keys and of the CAs read and taken
 */
public record Registration(
    Function<Operator, RegistrationOutcome> load,
    BiFunction<String, Operator, RegistrationOutcome> take,
    Function<Operator, RegistrationOutcome> keys,
    Supplier<List<Expiry>> forecast,
    Unknown unknown) {

  /**
   * Has certificates pass for a while whose revocation is unknown.
   *
   * @param begin until when, because of what, in whose name
   * @param end ends it, in this operator's name
   */
  public record Unknown(Begin begin, Function<Operator, RegistrationOutcome> end) {}

  /** Has it begin, or end at another moment. */
  @FunctionalInterface
  public interface Begin {
    RegistrationOutcome until(String end, String reason, Operator operator);
  }
}
