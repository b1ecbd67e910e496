package uk.cpis.gateway.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import uk.cpis.gateway.domain.NotificationId;

/**
 * One message in the hands of its lane's consumer: the lane keeps it until it is acknowledged, also
 * across a restart, and messages after it may be acknowledged before it.
 */
public final class LaneDelivery {

  private final NotificationId id;
  private final long owedNumber;
  private final Message message;

  LaneDelivery(NotificationId id, long owedNumber, Message message) {
    this.id = id;
    this.owedNumber = owedNumber;
    this.message = message;
  }

  public NotificationId id() {
    return id;
  }

  public long owedNumber() {
    return owedNumber;
  }

  /** Takes the message out of the lane; only after its settlement is in the store. */
  public void acknowledge() {
    try {
      message.acknowledge();
    } catch (JMSException e) {
      throw new QueueException("acknowledging notification " + id, e);
    }
  }

  @Override
  public String toString() {
    return "LaneDelivery[" + id + ", " + owedNumber + "]";
  }
}
