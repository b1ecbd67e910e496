package uk.cpis.gateway.domain;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The id of a notification, made from the access or event and the authority, so that it is the same
 * on every attempt and after every crash (cpis.md §4). It is the {@code wsa:MessageID} too.
 */
public record NotificationId(UUID uuid) {

  /** The id of what this cause owes to this authority. */
  public static NotificationId of(UUID cause, OdsCode authority) {
    String name = "cpis-notification:" + cause + ":" + authority.value();
    return new NotificationId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  public MessageId messageId() {
    return new MessageId(uuid);
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
