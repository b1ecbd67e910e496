package uk.cpis.gateway.endpoint;

import java.util.Optional;
import uk.cpis.gateway.domain.RejectionReason;

/** Carries a rejection from a doorway through CXF to the place where it becomes a fault. */
final class Rejected extends RuntimeException {

  private final transient RejectionReason reason;

  Rejected(RejectionReason reason) {
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  RejectionReason reason() {
    return reason;
  }

  /** The rejection behind what CXF has caught. */
  static Optional<Rejected> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Rejected rejected) {
        return Optional.of(rejected);
      }
    }
    return Optional.empty();
  }
}
