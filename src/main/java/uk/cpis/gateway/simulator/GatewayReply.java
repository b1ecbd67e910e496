package uk.cpis.gateway.simulator;

import java.time.Duration;
import java.util.List;
import uk.cpis.gateway.domain.MessageId;

/** What the gateway replied to one message, and after how long. */
public sealed interface GatewayReply<T> {

  /** From the moment the message was to be signed to the verified reply. */
  Duration took();

  /** The definite answer, verified to be the gateway's. */
  record Answered<T>(T content, MessageId id, Duration took) implements GatewayReply<T> {}

  /** A fault, verified to be the gateway's: each error's code and description. */
  record Faulted<T>(List<String> errors, Duration took) implements GatewayReply<T> {}

  /** No reply, or none that could be trusted; whether anything was reached at all. */
  record Failed<T>(String reason, boolean reached, Duration took) implements GatewayReply<T> {}
}
