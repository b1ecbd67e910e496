package uk.cpis.gateway.delivery;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.GivenUp;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;

/**
 * What the operator is told: one event with one stable code for each turn of things. Ids and causes
 * only, nothing of a person.
 */
final class DeliveryLog {

  private static final Logger LOG = LoggerFactory.getLogger("uk.cpis.gateway.delivery");

  void laneDown(OdsCode authority, String cause) {
    LOG.warn("CPG-LANE-DOWN authority={} cause=\"{}\"", authority, cause);
  }

  void laneUp(OdsCode authority, Instant downSince, int flaps) {
    LOG.info("CPG-LANE-UP authority={} downSince={} flaps={}", authority, downSince, flaps);
  }

  /** The store's and the broker's own failures are told in full elsewhere. */
  void laneTroubled(OdsCode authority, Trouble what, RuntimeException cause) {
    if (what == Trouble.OWN_FAULT) {
      LOG.error("CPG-LANE-TROUBLED authority={}", authority, cause);
    } else {
      LOG.warn(
          "CPG-LANE-TROUBLED authority={} cause=\"{}: {}\"", authority, what, cause.getMessage());
    }
  }

  void laneUntroubled(OdsCode authority) {
    LOG.info("CPG-LANE-TROUBLED-OVER authority={}", authority);
  }

  void workEnded(String thread, Throwable error) {
    LOG.error("CPG-WORK-ENDED thread={} remedy=\"start the gateway again\"", thread, error);
  }

  void laneRebuilt(OdsCode authority, long notifications) {
    LOG.warn("CPG-LANE-REBUILT authority={} queuedAgain={}", authority, notifications);
  }

  void settled(OdsCode authority, NotificationId id, AuthorityAnswer answer) {
    if (answer == AuthorityAnswer.NOT_OURS) {
      LOG.warn("CPG-NOT-OURS authority={} notification={}", authority, id);
    } else {
      LOG.debug("CPG-SETTLED authority={} notification={}", authority, id);
    }
  }

  void setAside(OdsCode authority, NotificationId id, int attempts, Instant due, String cause) {
    LOG.info(
        "CPG-SET-ASIDE authority={} notification={} attempts={} due={} cause=\"{}\"",
        authority,
        id,
        attempts,
        due,
        cause);
  }

  void deadLetter(OdsCode authority, NotificationId id, GivenUp why) {
    LOG.warn(
        "CPG-DEAD-LETTER authority={} notification={} reason={} attempts={} cause=\"{}\"",
        authority,
        id,
        why.reason(),
        why.attempts(),
        why.cause());
  }

  void sendsAgain(OdsCode authority, DeadLetterReason reason, long count) {
    LOG.info(
        "CPG-SEND-AGAIN authority={} reason={} count={} because=\"the lane recovered\"",
        authority,
        reason,
        count);
  }

  void dropped(OdsCode authority, NotificationId id, String reason) {
    LOG.info("CPG-DROPPED authority={} notification={} reason=\"{}\"", authority, id, reason);
  }

  /** The exception's own text may quote what was being sent, so only its place is told. */
  void callFailed(OdsCode authority, NotificationId id, RuntimeException failure) {
    LOG.error(
        "CPG-CALL-FAILED authority={} notification={} failure={} at={}",
        authority,
        id,
        failure.getClass().getName(),
        failure.getStackTrace().length > 0 ? failure.getStackTrace()[0] : "unknown");
  }

  void switchedToDelivery(OdsCode authority, int deadLetters) {
    LOG.info("CPG-SWITCHED authority={} to=delivery deadLettersTakenUp={}", authority, deadLetters);
  }

  void switchedToCollection(OdsCode authority, int takenOut) {
    LOG.info("CPG-SWITCHED authority={} to=collection takenOutOfLane={}", authority, takenOut);
  }

  void switchFailed(OdsCode authority, RuntimeException cause) {
    LOG.error("CPG-SWITCH-FAILED authority={} it is tried again", authority, cause);
  }

  void watchFailed(RuntimeException cause) {
    LOG.error("CPG-MAILBOX-WATCH-FAILED it is tried again", cause);
  }

  void sendAgainFailed(RuntimeException cause) {
    LOG.error("CPG-SEND-AGAIN-FAILED it is tried again", cause);
  }

  void relayDown(RuntimeException cause) {
    LOG.error("CPG-RELAY-DOWN notifications wait as owed", cause);
  }

  void relayUp() {
    LOG.info("CPG-RELAY-UP");
  }

  void brokerRevived() {
    LOG.warn("CPG-BROKER-REVIVED");
  }

  void slowToClose(String thread) {
    LOG.warn("CPG-SLOW-TO-CLOSE thread={}", thread);
  }
}
