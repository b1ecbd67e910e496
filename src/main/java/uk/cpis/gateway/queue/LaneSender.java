package uk.cpis.gateway.queue;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQDuplicateIdException;

/**
 * Sends into lanes, each call one broker transaction on one connection, which is made anew after a
 * failure. Guarded by itself.
 */
final class LaneSender implements AutoCloseable {

  /** How one message is made in a session. */
  interface Writing {
    Message write(LaneMessage content, Session session) throws JMSException;
  }

  private final Broker broker;
  private Optional<Sending> sending = Optional.empty();

  private record Sending(Connection connection, Session session, MessageProducer producer) {}

  LaneSender(Broker broker) {
    this.broker = broker;
  }

  /**
   * Commits all of them or none; false when none, because the broker has seen one of them before.
   */
  synchronized boolean commit(List<LaneMessage> messages, Writing writing) {
    try {
      Sending open = sending();
      for (LaneMessage message : messages) {
        open.producer()
            .send(
                open.session().createQueue(Lane.queueName(message.authority())),
                writing.write(message, open.session()));
      }
      open.session().commit();
      return true;
    } catch (JMSException e) {
      close();
      if (e.getCause() instanceof ActiveMQDuplicateIdException) {
        return false;
      }
      throw new QueueException("sending " + messages.size() + " notifications to lanes", e);
    }
  }

  private Sending sending() throws JMSException {
    if (sending.isEmpty()) {
      sending = Optional.of(connect());
    }
    return sending.get();
  }

  private Sending connect() throws JMSException {
    Connection connection = broker.connect();
    try {
      Session session = connection.createSession(Session.SESSION_TRANSACTED);
      MessageProducer producer = session.createProducer(null);
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      producer.setDisableMessageID(true);
      return new Sending(connection, session, producer);
    } catch (JMSException e) {
      Broker.disconnect(connection);
      throw e;
    }
  }

  /** Closes the connection; the next commit makes another. */
  @Override
  public synchronized void close() {
    sending.ifPresent(each -> Broker.disconnect(each.connection()));
    sending = Optional.empty();
  }
}
