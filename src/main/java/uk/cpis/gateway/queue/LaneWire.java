package uk.cpis.gateway.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.util.UUID;
import uk.cpis.gateway.domain.NotificationId;

/** How a lane's message is written: two properties, no body. */
final class LaneWire {

  private static final String NOTIFICATION = "notification";
  private static final String OWED_NUMBER = "owedNumber";
  private static final String DUPLICATE_DETECTION_ID =
      org.apache.activemq.artemis.api.core.Message.HDR_DUPLICATE_DETECTION_ID.toString();

  private LaneWire() {}

  /** A message that the broker drops when it has seen the notification before. */
  static Message writeOnce(LaneMessage content, Session session) throws JMSException {
    Message message = write(content, session);
    message.setStringProperty(DUPLICATE_DETECTION_ID, content.id().toString());
    return message;
  }

  static Message write(LaneMessage content, Session session) throws JMSException {
    Message message = session.createMessage();
    message.setStringProperty(NOTIFICATION, content.id().toString());
    message.setLongProperty(OWED_NUMBER, content.owedNumber());
    return message;
  }

  static LaneDelivery read(Message message) throws JMSException {
    NotificationId id =
        new NotificationId(UUID.fromString(message.getStringProperty(NOTIFICATION)));
    return new LaneDelivery(id, message.getLongProperty(OWED_NUMBER), message);
  }

  /** The number in a message as the broker holds it. */
  static long readOwedNumber(org.apache.activemq.artemis.api.core.Message message) {
    return message.getLongProperty(OWED_NUMBER);
  }
}
