package uk.cpis.gateway.simulator;

import java.time.Instant;
import java.util.UUID;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.domain.OdsCode;

/**
 * What an authority's staff are asked to do because of one notification; numbered from 1 in each
 * authority.
 *
 * @param owedAt when the gateway made the notification, for an access the time of the access
 */
public record FollowUpTask(
    OdsCode authority,
    int number,
    NotificationKind kind,
    NotificationId notification,
    Instant owedAt,
    Instant madeAt,
    String text) {
  private static final int LINES_OF_HEAD = 5;

  /** The task as a file for people: a head of five lines, then the text. */
  String written() {
    return "Task "
        + number
        + "\nNotification "
        + notification
        + "\nKind "
        + kind
        + "\nOwed "
        + owedAt
        + "\nMade "
        + madeAt
        + "\n\n"
        + text;
  }

  /** The task that such a file holds. */
  static FollowUpTask read(OdsCode authority, String written) {
    String[] lines = written.split("\n", LINES_OF_HEAD + 2);
    return new FollowUpTask(
        authority,
        Integer.parseInt(value(lines[0])),
        NotificationKind.valueOf(value(lines[2])),
        new NotificationId(UUID.fromString(value(lines[1]))),
        Instant.parse(value(lines[3])),
        Instant.parse(value(lines[4])),
        lines[LINES_OF_HEAD + 1]);
  }

  private static String value(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }

  @Override
  public String toString() {
    return "FollowUpTask[" + authority + " " + number + ", redacted]";
  }
}
