package uk.cpis.gateway.operations;

import java.util.function.Function;

/**
 * What operations may have done to the registration, in the name of an operator.
 *
 * @param load has its files read and taken
 * @param take has the systems taken that a command proposed
 */
public record Registration(
    Function<String, RegistrationOutcome> load, Function<String, RegistrationOutcome> take) {}
