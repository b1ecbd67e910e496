package uk.cpis.gateway.attack;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.cpis.gateway.security.RefusalCause;

/**
 * How an attack must end, so that it is refused for what it is and not for a slip in its making.
 */
sealed interface Expected {

  /** A fault, for one of these causes. */
  record Fault(Set<RefusalCause> causes) implements Expected {}

  /** A fault of one of these codes, by whoever reads the message after it was verified. */
  record Code(Set<String> codes) implements Expected {}

  /** Refused before it is read. */
  record Http(Set<Integer> statuses) implements Expected {}

  /**
   * Taken for what it says and nothing else, or refused: nobody is called, nothing is told, and it
   * costs no time.
   */
  record Harmless() implements Expected {}

  static Expected cause(RefusalCause... causes) {
    return new Fault(Set.of(causes));
  }

  static Expected code(String... codes) {
    return new Code(Set.of(codes));
  }

  static Expected http(Integer... statuses) {
    return new Http(Set.copyOf(Arrays.asList(statuses)));
  }

  static Expected harmless() {
    return new Harmless();
  }

  /** The codes of the causes: what the caller is told. */
  static Set<String> codes(Set<RefusalCause> causes) {
    return causes.stream().map(Expected::code).collect(Collectors.toSet());
  }

  private static String code(RefusalCause cause) {
    return switch (cause.kind()) {
      case MALFORMED -> "CPG-702";
      case VERSION_MISMATCH -> "CPG-703";
      case NOT_UNDERSTOOD -> "CPG-704";
      case STALE -> "CPG-705";
      case SECURITY -> "CPG-706";
    };
  }

  /** What no answer may contain, whatever it answers. */
  List<String> NEVER_TOLD =
      List.of(
          "com.ctc",
          "java.",
          "javax.",
          "jakarta.",
          "org.apache",
          "org.eclipse",
          "uk.cpis",
          "xception",
          "\tat ",
          ".java",
          "cvc-",
          "jetty",
          "root:",
          "/tmp",
          "/work",
          "/etc/",
          "hostile-marker");
}
