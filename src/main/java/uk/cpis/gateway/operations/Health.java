package uk.cpis.gateway.operations;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the gateway's parts work, asked anew each time. */
public final class Health {

  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final List<Check> checks;

  /** Asks these parts, in this order. */
  public Health(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /**
   * One part and the question whether it works: nothing when it does, else what is wrong.
   *
   * @param needed whether queries cannot be answered without it
   * @param detail what is told of it while it works
   */
  public record Check(
      String part, boolean needed, Supplier<Optional<String>> fault, Supplier<String> detail) {

    /** A part of which there is nothing to tell while it works. */
    public Check(String part, boolean needed, Supplier<Optional<String>> fault) {
      this(part, needed, fault, () -> "works");
    }
  }

  /** How one part is. */
  public record Part(String part, boolean up, String detail) {}

  /** How the whole is: up while every needed part is; degraded when another is down. */
  public record State(String status, List<Part> parts) {

    /** Whether queries can be answered. */
    public boolean answering() {
      return !status.equals("down");
    }
  }

  /** Asks every part now. */
  public State now() {
    List<Part> parts = checks.stream().map(Health::ask).toList();
    boolean needed = true;
    boolean all = true;
    for (int i = 0; i < parts.size(); i++) {
      all &= parts.get(i).up();
      needed &= parts.get(i).up() || !checks.get(i).needed();
    }
    return new State(!needed ? "down" : all ? "up" : "degraded", parts);
  }

  private static Part ask(Check check) {
    try {
      Optional<String> fault = check.fault().get();
      return new Part(check.part(), fault.isEmpty(), fault.orElseGet(check.detail()));
    } catch (RuntimeException e) {
      LOG.error("CPG-HEALTH-UNKNOWN part=\"{}\"", check.part(), e);
      return new Part(check.part(), false, "cannot be asked; see CPG-HEALTH-UNKNOWN in the log");
    }
  }
}
