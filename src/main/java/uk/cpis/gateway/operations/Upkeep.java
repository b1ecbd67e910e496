package uk.cpis.gateway.operations;

import java.util.function.Function;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.retention.SweepReport;

/**
 * What operations may have done to the store.
 *
 * @param sweep has everything leave whose time has come, in the name of this operator
 * @param backUp has a backup taken, in the name of this operator
 * @param audit what may be written of the audit
 */
public record Upkeep(
    Function<Operator, SweepReport> sweep,
    Function<Operator, BackupOutcome> backUp,
    AuditDesk audit) {}
