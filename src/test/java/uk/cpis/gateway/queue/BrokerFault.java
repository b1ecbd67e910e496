package uk.cpis.gateway.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.activemq.artemis.api.core.Message;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.testing.SmallDisk;

/** Breaks the broker of running lanes, as a full disk would. */
public final class BrokerFault {

  private static final int MOST_BATCHES = 2_000;

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

  /**
   * Sends to a lane that nobody works until the journal's disk, which is full, stops the broker.
   */
  public static void runInto(Lanes lanes, SmallDisk full) {
    OdsCode nobody = new OdsCode("ZZZ");
    full.fill(0);
    for (int batch = 0; batch < MOST_BATCHES && lanes.broker.running(); batch++) {
      long first = 1_000_000L + (long) batch * Lanes.MOST_TOGETHER;
      try {
        lanes.sendAgain(
            LongStream.range(first, first + Lanes.MOST_TOGETHER)
                .mapToObj(
                    each ->
                        new LaneMessage(NotificationId.of(new UUID(0, each), nobody), nobody, each))
                .toList());
      } catch (QueueException e) {
        return;
      }
    }
    throw new IllegalStateException("the full disk was not noticed");
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
