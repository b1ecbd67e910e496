package uk.cpis.gateway.simulator;

/** A simulated system cannot do its work: a folder, a port or an answer is not as it must be. */
public final class SimulatorException extends RuntimeException {
  SimulatorException(String message) {
    super(message);
  }

  SimulatorException(String message, Throwable cause) {
    super(message, cause);
  }
}
