package uk.cpis.gateway.store;

import java.time.Instant;
import java.util.Optional;
import uk.cpis.gateway.domain.OdsCode;

/** How an authority's notifications stand: unsettled ones include the dead letters. */
public record AuthorityBacklog(
    OdsCode authority,
    long settled,
    long unsettled,
    long deadLetters,
    Optional<Instant> oldestUnsettled) {}
