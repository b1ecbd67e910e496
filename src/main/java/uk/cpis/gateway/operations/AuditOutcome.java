package uk.cpis.gateway.operations;

import java.util.List;

/** How it ended that an operator had something of the audit written to files. */
public sealed interface AuditOutcome {

  /**
   * It was written.
   *
   * @param files where to
   * @param records how many records
   * @param lastSeal the last seal, by number and digest: to be kept somewhere else
   */
  record Written(List<String> files, long records, String lastSeal) implements AuditOutcome {}

  /** There is no folder for it. */
  record NotConfigured() implements AuditOutcome {}

  /** There is no such record, or no more. */
  record NotThere() implements AuditOutcome {}

  /** It could not be written. */
  record Failed(String error) implements AuditOutcome {}
}
