package uk.cpis.gateway.operations;

import java.util.List;

/** What became of a registration that an operator, or a look at the files, brought. */
public sealed interface RegistrationOutcome {

  /**
   * It is in force and audited.
   *
   * @param changes what changed, a line each
   * @param fromNextStart the authorities whose way of delivery changes with the next start only
   */
  record Taken(List<String> changes, List<String> fromNextStart) implements RegistrationOutcome {
    public Taken {
      changes = List.copyOf(changes);
      fromNextStart = List.copyOf(fromNextStart);
    }
  }

  /** It has these faults, and the one before is in force. */
  record Refused(List<String> faults) implements RegistrationOutcome {
    public Refused {
      faults = List.copyOf(faults);
    }
  }
}
