package uk.cpis.gateway.operations;

import java.util.List;

/** What became of a registration that an operator, or a look at the files, brought. */
public sealed interface RegistrationOutcome {

  /**
   * It is in force and audited.
   *
   * @param changes what changed, a line each
   */
  record Taken(List<String> changes) implements RegistrationOutcome {
    public Taken {
      changes = List.copyOf(changes);
    }
  }

  /** It has these faults, and the one before is in force. */
  record Refused(List<String> faults) implements RegistrationOutcome {
    public Refused {
      faults = List.copyOf(faults);
    }
  }
}
