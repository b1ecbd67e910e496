package uk.cpis.gateway.endpoint;

import java.util.Optional;
import uk.cpis.gateway.domain.RejectionReason;

/** Carries a rejection from a doorway through CXF to the place where it becomes a fault. */
final class Rejected extends RuntimeException {

  private final transient RejectionReason reason;
  private final String found;

  /**
   * @param found what the message has in place of what is wanted, for the operator; nothing of a
   *     person
   */
  Rejected(RejectionReason reason, String found) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.found = found;
  }

  RejectionReason reason() {
    return reason;
  }

  String found() {
    return found;
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
