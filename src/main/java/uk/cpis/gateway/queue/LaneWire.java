package uk.cpis.gateway.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import uk.cpis.gateway.domain.NotificationId;

/** How a lane's message is written: two properties, no body. */
final class LaneWire {

  private static final String NOTIFICATION = "notification";
  private static final String OWED_NUMBER = "owedNumber";
  private static final String CHECK = "check";
  private static final long UNREADABLE = -1;
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
    message.setLongProperty(CHECK, check(content.id().toString(), content.owedNumber()));
    return message;
  }

  /** What the message carries; empty when the disk altered it, for the journal keeps no sums. */
  static Optional<LaneDelivery> read(Message message) {
    try {
      String id = message.getStringProperty(NOTIFICATION);
      long number = message.getLongProperty(OWED_NUMBER);
      return intact(id, number, message.getLongProperty(CHECK))
          ? Optional.of(new LaneDelivery(new NotificationId(UUID.fromString(id)), number, message))
          : Optional.empty();
    } catch (JMSException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** The number in a message as the broker holds it; none that exists when it was altered. */
  static long readOwedNumber(org.apache.activemq.artemis.api.core.Message message) {
    try {
      String id = message.getStringProperty(NOTIFICATION);
      long number = message.getLongProperty(OWED_NUMBER);
      return intact(id, number, message.getLongProperty(CHECK)) ? number : UNREADABLE;
    } catch (RuntimeException e) {
      return UNREADABLE;
    }
  }

  private static boolean intact(String id, long number, long check) {
    return check == check(id, number);
  }

  private static long check(String id, long number) {
    CRC32 sum = new CRC32();
    sum.update((id + ' ' + number).getBytes(StandardCharsets.US_ASCII));
    return sum.getValue();
  }
}
