package uk.cpis.gateway.operations;

import java.util.Optional;
import java.util.function.Function;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.RegisterLoad;

/**
 * What operations may have done to the local demographic register.
 *
 * @param load has its file loaded again in this operator's name; empty when none is configured
 */
public record Register(Function<Operator, Optional<RegisterLoad>> load) {}
