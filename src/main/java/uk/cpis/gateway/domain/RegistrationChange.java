package uk.cpis.gateway.domain;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One change of what is registered: the lines that differ, as they were and as they are. Empty
 * before it was registered, and after it was taken out.
 */
public record RegistrationChange(
    Registered registered, Optional<String> before, Optional<String> after) {

  /** What the audit may say of a change: beside each such record the change itself stands. */
  public static final Set<AuditEvent> EVENTS =
      Collections.unmodifiableSet(
          EnumSet.of(
              AuditEvent.REGISTRATION_ADDED,
              AuditEvent.REGISTRATION_CHANGED,
              AuditEvent.REGISTRATION_REMOVED,
              AuditEvent.KEY_CHANGED,
              AuditEvent.ANCHORS_CHANGED,
              AuditEvent.REVOCATION_UNKNOWN_CHANGED));

  /** The difference of two forms, of which one may be missing. */
  public static RegistrationChange between(
      Registered registered, Optional<String> before, Optional<String> after) {
    List<String> old = lines(before);
    List<String> now = lines(after);
    return new RegistrationChange(
        registered, before.map(any -> without(old, now)), after.map(any -> without(now, old)));
  }

  /** All of it in one text, by whose digest the audit names it. */
  public String text() {
    return text(registered.kind().name(), registered.subject(), before, after);
  }

  /** The same of what stands somewhere and may be no change at all. */
  public static String text(
      String kind, String subject, Optional<String> before, Optional<String> after) {
    return String.join("\n\n", kind + " " + subject, before.orElse("-"), after.orElse("-"));
  }

  /** What the audit says that happened. */
  public AuditEvent event() {
    if (registered.kind() == Registered.Kind.KEY) {
      return AuditEvent.KEY_CHANGED;
    }
    if (registered.kind() == Registered.Kind.ANCHOR) {
      return AuditEvent.ANCHORS_CHANGED;
    }
    if (registered.kind() == Registered.Kind.REVOCATION) {
      return AuditEvent.REVOCATION_UNKNOWN_CHANGED;
    }
    if (before.isEmpty()) {
      return AuditEvent.REGISTRATION_ADDED;
    }
    return after.isEmpty() ? AuditEvent.REGISTRATION_REMOVED : AuditEvent.REGISTRATION_CHANGED;
  }

  private static List<String> lines(Optional<String> form) {
    return form.map(text -> Arrays.asList(text.split("\n"))).orElse(List.of());
  }

  private static String without(List<String> lines, List<String> others) {
    return lines.stream().filter(line -> !others.contains(line)).collect(Collectors.joining("\n"));
  }
}
