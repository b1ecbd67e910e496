package uk.cpis.gateway.queue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.Optional;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.OdsCode;

/**
 * The durable queue of one local authority, on a connection of its own, so that nothing another
 * lane does can hold it up. One thread at a time takes and acknowledges; {@link #release} may come
 * from any.
 */
public final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final OdsCode authority;
  private final Broker broker;
  private final String queueName;
  private final Runnable dropping;
  private volatile Optional<Consumption> consumption = Optional.empty();

  private record Consumption(Connection connection, MessageConsumer consumer) {}

  /**
   * @param dropping told of each message that goes because the disk altered it
   */
  Lane(OdsCode authority, Broker broker, Runnable dropping) {
    this.authority = authority;
    this.broker = broker;
    this.queueName = queueName(authority);
    this.dropping = dropping;
  }

  static String queueName(OdsCode authority) {
    return "lane." + authority.value();
  }

  public OdsCode authority() {
    return authority;
  }

  /**
   * The next message in order, empty when none came within this time or the lane was released
   * meanwhile. After a {@link QueueException} the lane may be taken from again: what was not
   * acknowledged comes once more.
   */
  public Optional<LaneDelivery> take(Duration wait) {
    try {
      MessageConsumer consumer = consumption().consumer();
      Message message =
          wait.toMillis() < 1 ? consumer.receiveNoWait() : consumer.receive(wait.toMillis());
      return message == null ? Optional.empty() : read(message);
    } catch (JMSException e) {
      release();
      throw new QueueException("taking from the lane of " + authority, e);
    }
  }

  /** What the disk altered goes: a comparison with the store sends it once more. */
  private Optional<LaneDelivery> read(Message message) throws JMSException {
    Optional<LaneDelivery> delivery = LaneWire.read(message);
    if (delivery.isEmpty()) {
      LOG.error("CPG-LANE-DAMAGED authority={} a message is dropped, the store has it", authority);
      message.acknowledge();
      dropping.run();
    }
    return delivery;
  }

  private synchronized Consumption consumption() throws JMSException {
    if (consumption.isEmpty()) {
      consumption = Optional.of(consume());
    }
    return consumption.get();
  }

  private Consumption consume() throws JMSException {
    Connection connection = broker.connect();
    try {
      Session session = connection.createSession(ActiveMQJMSConstants.INDIVIDUAL_ACKNOWLEDGE);
      MessageConsumer consumer = session.createConsumer(session.createQueue(queueName));
      connection.start();
      return new Consumption(connection, consumer);
    } catch (JMSException e) {
      Broker.disconnect(connection);
      throw e;
    }
  }

  /** Ends a running take and gives what is not acknowledged back to the lane, in its old order. */
  public synchronized void release() {
    Optional<Consumption> held = consumption;
    consumption = Optional.empty();
    held.ifPresent(each -> Broker.disconnect(each.connection()));
  }

  /** Whether the broker works; where it says itself that it does not, no lane does. */
  public boolean running() {
    return broker.running() && !broker.isToldDown();
  }

  /** How many messages are in the lane, those in the consumer's hands included. */
  public long depth() {
    return broker.depth(queueName);
  }

  /** Takes out what is in the lane, which the store still owes; only while nobody takes from it. */
  public int empty() {
    return broker.empty(queueName);
  }

  /**
   * The owed numbers of the messages that wait in the lane, ascending. Those in a consumer's hands
   * are not seen, and the broker puts what was sent a moment ago into the lane on a thread of its
   * own: who compares may find too few, and sends again what is dropped as a repeat later.
   */
  public long[] waitingNumbers() {
    return broker.browse(queueName, LaneWire::readOwedNumber).sorted().toArray();
  }
}
