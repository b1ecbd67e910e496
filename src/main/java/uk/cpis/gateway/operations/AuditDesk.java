package uk.cpis.gateway.operations;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import uk.cpis.gateway.domain.Operator;

/**
 * What operations may have written of the audit, always in the name of an operator.
 *
 * @param export all of it
 * @param prove the records with this number, or of the record or message with this id, each with
 *     its proof
 * @param request what is kept of the signed request of these records
 * @param acknowledge that seals are missing; the numbers of those that nobody had acknowledged
 */
public record AuditDesk(
    Function<Operator, AuditOutcome> export,
    BiFunction<String, Operator, AuditOutcome> prove,
    BiFunction<String, Operator, AuditOutcome> request,
    Function<Operator, List<Long>> acknowledge) {

  /** Of a gateway that writes nothing. */
  public static AuditDesk none() {
    return new AuditDesk(
        operator -> new AuditOutcome.NotConfigured(),
        (id, operator) -> new AuditOutcome.NotConfigured(),
        (id, operator) -> new AuditOutcome.NotConfigured(),
        operator -> List.of());
  }
}
