package uk.cpis.gateway.operations;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What operations may have written of the audit, always in the name of an operator.
 *
 * @param export all of it
 * @param prove the records with this number, or of the record or message with this id, each with
 *     its proof
 * @param request what is kept of the signed request of these records
 */
public record AuditDesk(
    Function<String, AuditOutcome> export,
    BiFunction<String, String, AuditOutcome> prove,
    BiFunction<String, String, AuditOutcome> request) {

  /** Of a gateway that writes nothing. */
  public static AuditDesk none() {
    return new AuditDesk(
        operator -> new AuditOutcome.NotConfigured(),
        (id, operator) -> new AuditOutcome.NotConfigured(),
        (id, operator) -> new AuditOutcome.NotConfigured());
  }
}
