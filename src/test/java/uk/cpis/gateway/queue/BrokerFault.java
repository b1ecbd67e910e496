package uk.cpis.gateway.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.Message;
import uk.cpis.gateway.domain.OdsCode;

/** Breaks the broker of running lanes, as a full disk would. */
public final class BrokerFault {

  private BrokerFault() {}

  /** The broker stops while everybody still uses it. */
  public static void stop(Lanes lanes) {
    lanes.broker.stop();
  }

  /** The broker stops, loses its data and starts, and then no lane can be made. */
  public static void startWithoutLanes(Lanes lanes, Path directory) {
    lanes.broker.stop();
    for (String data : List.of("journal", "bindings")) {
      try {
        Files.move(directory.resolve(data), directory.resolve("lost-" + data));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    lanes.broker.restart();
  }

  /** Alters the last message that waits in this lane; false when none does. */
  public static boolean alterLast(Lanes lanes, OdsCode authority) {
    Optional<Message> last = Optional.empty();
    try (var waiting = lanes.broker.queue(Lane.queueName(authority)).browserIterator()) {
      while (waiting.hasNext()) {
        last = Optional.of(waiting.next().getMessage());
      }
    }
    last.ifPresent(message -> message.putLongProperty("check", 0));
    return last.isPresent();
  }

  /** This authority's lane is gone while the broker runs. */
  public static void loseLane(Lanes lanes, OdsCode authority) {
    try {
      lanes.broker.queue(Lane.queueName(authority)).deleteQueue(true);
    } catch (Exception e) { // whatever deleteQueue declares
      throw new IllegalStateException(e);
    }
  }
}
