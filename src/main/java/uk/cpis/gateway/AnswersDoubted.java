package uk.cpis.gateway;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.DeliveryOutcome;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.outbound.AuthorityAlert;

/**
 * Tells once that an authority's answers cannot be trusted, however often it is tried, and once
 * that they can be again. Safe to share between threads.
 */
final class AnswersDoubted {

  private static final Logger LOG = LoggerFactory.getLogger(AnswersDoubted.class);

  private final Set<OdsCode> doubted = ConcurrentHashMap.newKeySet();

  void doubted(AuthorityAlert alert) {
    if (doubted.add(alert.authority())) {
      LOG.warn(
          "CPG-AUTHORITY-ANSWER the answer of {} to notification {} could not be trusted: {}",
          alert.authority(),
          alert.notification(),
          alert.explanation());
    }
  }

  /** What ends a notification is an answer that was believed. */
  DeliveryOutcome heard(OdsCode authority, DeliveryOutcome outcome) {
    boolean believed =
        outcome instanceof DeliveryOutcome.Settled
            || outcome instanceof DeliveryOutcome.Undeliverable;
    if (believed && doubted.remove(authority)) {
      LOG.info("CPG-AUTHORITY-ANSWER-OVER authority={}", authority);
    }
    return outcome;
  }
}
