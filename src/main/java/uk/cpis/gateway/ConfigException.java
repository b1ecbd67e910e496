package uk.cpis.gateway;

import java.util.List;

/** The configuration cannot be used; carries every fault found, each with its key. */
public final class ConfigException extends RuntimeException {

  private final List<String> faults;

  ConfigException(List<String> faults) {
    super("The configuration has faults:\n  " + String.join("\n  ", faults));
    this.faults = List.copyOf(faults);
  }

  /** One line a fault: the key, what was found, what was expected. */
  public List<String> faults() {
    return faults;
  }
}
