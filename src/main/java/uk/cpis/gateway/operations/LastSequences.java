package uk.cpis.gateway.operations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import uk.cpis.gateway.domain.OdsCode;

/**
 * The number of the last submission applied of each authority. After a restore it says from where
 * on each has to send again.
 *
 * @param restoredAt when the store was restored last
 * @param backedUpAt when the backup was taken that it was restored from
 */
public record LastSequences(
    Optional<Instant> restoredAt, Optional<Instant> backedUpAt, List<Last> authorities) {

  /** Of one authority; none before its first submission. */
  public record Last(OdsCode authority, OptionalLong lastNumber) {}
}
