package uk.cpis.gateway.watch;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import uk.cpis.gateway.domain.StandingAlert;
import uk.cpis.gateway.store.Transaction;

/** Looks at one thing. */
interface Lookout {

  /** All that is as it should not be now, what was told of already included. */
  List<Finding> look(Transaction tx, Instant now, Set<StandingAlert> standing);
}
