package uk.cpis.gateway.operations;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import uk.cpis.gateway.domain.KeptRefusal;
import uk.cpis.gateway.domain.RefusalCount;

/**
 * What operations may be told of refusals.
 *
 * @param find those with this reference, or of the message with this id
 * @param counts how many there were in the last day, the newest minute first
 */
public record Refusals(
    Function<UUID, List<KeptRefusal>> find, Supplier<List<RefusalCount>> counts) {}
