package uk.cpis.gateway.outbound;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.security.Operation;

/** The four operations of the notification service, which the authorities offer, by kind. */
public final class NotificationOperations {
  private static final String NAMESPACE = "urn:nhs-cpis:gateway:notification:v1";

  private static final Map<NotificationKind, Operation> BY_KIND =
      Arrays.stream(NotificationKind.values())
          .collect(Collectors.toMap(kind -> kind, kind -> operation(kind.interaction())));

  private NotificationOperations() {}

  public static List<Operation> all() {
    return List.copyOf(BY_KIND.values());
  }

  public static Operation of(NotificationKind kind) {
    return BY_KIND.get(kind);
  }

  /** The kind whose request has this action, which the verifier has found to be one of them. */
  public static NotificationKind ofAction(String action) {
    return BY_KIND.entrySet().stream()
        .filter(entry -> entry.getValue().action().equals(action))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("verified, but no operation of the service"));
  }

  private static Operation operation(Interaction interaction) {
    return Operation.of(NAMESPACE, interaction.action());
  }
}
