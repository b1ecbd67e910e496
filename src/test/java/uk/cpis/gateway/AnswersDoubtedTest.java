package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.DeliveryOutcome;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.outbound.AuthorityAlert;
import uk.cpis.gateway.testing.RecordedLog;

class AnswersDoubtedTest {

  private static final OdsCode TWH = new OdsCode("TWH");
  private static final OdsCode HCK = new OdsCode("HCK");

  private final AnswersDoubted answers = new AnswersDoubted();

  @Test
  void tellsOnceForEachAuthorityUntilAnAnswerOfItIsBelieved() {
    try (RecordedLog log = RecordedLog.of(AnswersDoubted.class.getName())) {
      answers.doubted(alert(TWH));
      answers.doubted(alert(TWH));
      answers.doubted(alert(HCK));
      answers.heard(TWH, new DeliveryOutcome.Deferred("not signed"));
      answers.doubted(alert(TWH));
      assertThat(log.messages()).hasSize(2).allMatch(line -> line.startsWith("CPG-AUTHORITY-ANS"));

      answers.heard(TWH, new DeliveryOutcome.Settled(AuthorityAnswer.ACCEPTED));
      answers.heard(TWH, new DeliveryOutcome.Settled(AuthorityAnswer.ACCEPTED));
      answers.doubted(alert(TWH));

      assertThat(log.messages().subList(2, log.messages().size()))
          .satisfiesExactly(
              line -> assertThat(line).isEqualTo("CPG-AUTHORITY-ANSWER-OVER authority=TWH"),
              line -> assertThat(line).startsWith("CPG-AUTHORITY-ANSWER the answer of TWH "));
    }
  }

  private static AuthorityAlert alert(OdsCode authority) {
    return new AuthorityAlert(authority, new NotificationId(new UUID(1, 2)), "not signed");
  }
}
