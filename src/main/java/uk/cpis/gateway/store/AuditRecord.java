package uk.cpis.gateway.store;

import java.util.OptionalLong;
import uk.cpis.gateway.domain.AuditEntry;

/** An entry of the audit with its number; one just committed may not have it yet. */
public record AuditRecord(OptionalLong number, AuditEntry entry) {}
