package uk.cpis.gateway.operations;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Operator;

/**
 * What operations may have done to the sequences of submissions.
 *
 * @param reset has an authority's numbers begin anew in this operator's name; the last number used,
 *     or empty when there is no such authority
 * @param last the last number of each authority
 */
public record Sequences(
    BiFunction<OdsCode, Operator, Optional<OptionalLong>> reset, Supplier<LastSequences> last) {}
