package uk.cpis.gateway.security;

import java.util.Optional;
import uk.cpis.gateway.domain.MessageId;

/**
 * The WS-Addressing headers of a message that leaves.
 *
 * @param relatesTo the id of the message it answers, in the spelling of its sender
 */
public record MessageHeaders(
    AddressingVersion version,
    String action,
    MessageId messageId,
    Optional<String> relatesTo,
    String to) {

  /** The headers of a request to this address. */
  public static MessageHeaders request(
      AddressingVersion version, String action, MessageId messageId, String to) {
    return new MessageHeaders(version, action, messageId, Optional.empty(), to);
  }

  /** The headers of a reply, on the connection the request came on. */
  public static MessageHeaders reply(
      AddressingVersion version, String action, MessageId messageId, Optional<String> relatesTo) {
    return new MessageHeaders(version, action, messageId, relatesTo, version.anonymous());
  }
}
