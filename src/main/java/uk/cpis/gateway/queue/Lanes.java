package uk.cpis.gateway.queue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import uk.cpis.gateway.domain.OdsCode;

/**
 * The broker with a lane for each local authority. What is sent is on disk when the call returns;
 * the broker carries, the store owns. Safe to share between threads.
 */
public final class Lanes implements AutoCloseable {

  /**
   * The most messages one call sends: a quarter of what the broker recognises as sent before, so
   * that the last four calls may be repeated without doubling anything.
   */
  public static final int MOST_TOGETHER = BrokerConfiguration.REMEMBERED_IDS / 4;

  final Broker broker;
  private final LaneSender sender;
  private final Map<OdsCode, Lane> lanes = new ConcurrentHashMap<>();
  private final AtomicBoolean dropped = new AtomicBoolean();
  private boolean closed;

  /** The start of the broker after which every lane was seen to have its queue. */
  private volatile int ensuredStart;

  private Lanes(Broker broker) {
    this.broker = broker;
    this.sender = new LaneSender(broker);
  }

  /** Throws when another broker, of this process or another, works in this folder. */
  public static void requireFree(Path directory) {
    JournalFolder.open(directory).ifPresent(JournalFolder::close);
  }

  /**
   * Starts the broker and makes a lane for each of these authorities. Where the disk does not let
   * the broker start it is open all the same, every use fails, and {@link #revive} starts it.
   */
  public static Lanes open(QueueSettings settings, Set<OdsCode> authorities) {
    Lanes lanes = new Lanes(Broker.open(settings));
    try {
      authorities.forEach(lanes::lane);
      if (lanes.broker.running()) {
        lanes.ensureQueues();
      }
      return lanes;
    } catch (RuntimeException e) {
      try {
        lanes.close();
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** Whether the broker is at work with all its lanes. */
  public boolean running() {
    return broker.running() && ensuredStart == broker.starts();
  }

  private void ensureQueues() {
    broker.ensureQueue(BrokerConfiguration.UNWANTED);
    lanes.keySet().forEach(authority -> broker.ensureQueue(Lane.queueName(authority)));
    ensuredStart = broker.starts();
  }

  /**
   * Whether a lane dropped a message that the disk had altered, since this was last asked: the
   * lanes are to be compared with the store, which has it.
   */
  public boolean takeDropped() {
    return dropped.getAndSet(false);
  }

  /** This authority's lane, always the same one; made at the first request. */
  public Lane lane(OdsCode authority) {
    return lanes.computeIfAbsent(authority, this::open);
  }

  private Lane open(OdsCode authority) {
    if (broker.running()) {
      broker.ensureQueue(Lane.queueName(authority));
    }
    return new Lane(authority, broker, () -> dropped.set(true));
  }

  /**
   * Sends all of these in one broker transaction, in their order. Those that the broker has seen
   * before are left out, so that a call whose end is unknown may be repeated.
   */
  public void sendTogether(List<LaneMessage> messages) {
    prepare(messages);
    if (!messages.isEmpty() && !sender.commit(messages, LaneWire::writeOnce)) {
      messages.forEach(message -> sender.commit(List.of(message), LaneWire::writeOnce));
    }
  }

  /**
   * Sends these in one broker transaction although the broker has seen them before: they left the
   * lane and are owed again.
   */
  public void sendAgain(List<LaneMessage> messages) {
    prepare(messages);
    if (!messages.isEmpty()) {
      sender.commit(messages, LaneWire::write);
    }
  }

  private void prepare(List<LaneMessage> messages) {
    if (messages.size() > MOST_TOGETHER) {
      throw new IllegalArgumentException("more than " + MOST_TOGETHER + " messages at once");
    }
    messages.stream().map(LaneMessage::authority).distinct().forEach(this::lane);
  }

  /** Whether the broker is likely to work; says what is wrong by a {@link QueueException}. */
  public void check() {
    if (!broker.running()) {
      throw new QueueException("checking the broker: it has stopped");
    }
    long unwanted = broker.depth(BrokerConfiguration.UNWANTED);
    if (unwanted > 0) {
      throw new QueueException("checking the broker: it gave up " + unwanted + " messages");
    }
  }

  /**
   * Starts the broker again if it has stopped, with all its lanes; true when it did, also where an
   * earlier call had started it and failed to make a lane. Consumers find their takes failing once
   * and what they held coming again.
   */
  public synchronized boolean revive() {
    if (closed || running()) {
      return false;
    }
    sender.close();
    if (!broker.running()) {
      broker.restart();
    }
    ensureQueues();
    return true;
  }

  /** Gives back what lanes hold and stops the broker; what is in the lanes stays on disk. */
  @Override
  public synchronized void close() {
    closed = true;
    lanes.values().forEach(Lane::release);
    sender.close();
    broker.close();
  }
}
