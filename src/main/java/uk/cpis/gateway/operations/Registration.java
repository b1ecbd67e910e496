package uk.cpis.gateway.operations;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import uk.cpis.gateway.domain.Expiry;
import uk.cpis.gateway.domain.Operator;

/**
 * What operations may have done to the registration and to keys and trust, in the name of an
 * operator.
 *
 * @param load has its files read and taken
 * @param take has the systems taken that a command proposed
 * @param forecast what ends when, the first to end first
 * @param keys has the files of the gateway's own keys and of the CAs read and taken
 */
public record Registration(
    Function<Operator, RegistrationOutcome> load,
    Function<Operator, RegistrationOutcome> take,
    Function<Operator, RegistrationOutcome> keys,
    Supplier<List<Expiry>> forecast) {}
