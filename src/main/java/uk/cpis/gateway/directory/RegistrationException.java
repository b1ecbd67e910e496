package uk.cpis.gateway.directory;

import java.util.List;

/** A registration that cannot be used, or a folder that cannot be read; all faults at once. */
public final class RegistrationException extends RuntimeException {

  private final List<String> faults;

  public RegistrationException(List<String> faults) {
    super("the registration has faults: " + String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  public RegistrationException(String attempt, Throwable cause) {
    super(attempt, cause);
    this.faults = List.of(attempt);
  }

  /** Each fault with its file and place. */
  public List<String> faults() {
    return faults;
  }
}
