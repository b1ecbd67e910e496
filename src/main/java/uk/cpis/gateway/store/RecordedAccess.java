package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.UUID;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.NhsNumber;

/** An access as it was committed: what its answer and its notifications can be made from again. */
public record RecordedAccess(
    UUID id,
    long number,
    Instant at,
    NhsNumber person,
    Author author,
    int recordsFound,
    boolean shown) {}
