package uk.cpis.gateway.crash;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.crash.ClientLog.Ending;
import uk.cpis.gateway.crash.ClientLog.Kind;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.testing.Queries;

/**
 * A clinical system: asks for children whose records never change and for strangers, and now and
 * then sends again what was answered already.
 */
final class Asking extends Partner {

  private static final int GIVES_UP = 30;
  private static final int SENDS_AGAIN = 10;
  private static final int MOST_REMEMBERED = 8;

  private final Line line;
  private final int hitPercent;
  private final Deque<Letter> answered = new ArrayDeque<>();

  Asking(CrashWorld world, Gate gate, long seed, Complaints complaints, Line line, int hitPercent) {
    super(world, gate, seed, complaints);
    this.line = line;
    this.hitPercent = hitPercent;
  }

  @Override
  void step() throws InterruptedException {
    if (!answered.isEmpty() && random.nextInt(100) < SENDS_AGAIN) {
      sent(answered.poll(), 0);
      return;
    }
    Letter letter = question();
    if (sent(letter, GIVES_UP).ending() == Ending.ANSWERED) {
      answersHeard.increment();
      answered.add(letter);
    }
    if (answered.size() > MOST_REMEMBERED) {
      answered.remove();
    }
  }

  /** The gateway may have forgotten what it answered. */
  void forget() {
    answered.clear();
  }

  private Letter question() {
    String user = "5550%08d".formatted(random.nextInt(100_000_000));
    if (random.nextInt(100) < hitPercent) {
      int index = random.nextInt(Children.steady().size());
      return query(
          line, messageId(), user, Children.steady().get(index), Workload.authoritiesOf(index));
    }
    int index = random.nextInt(Children.strangers().size());
    return query(line, messageId(), user, Children.strangers().get(index), "-");
  }

  private MessageId messageId() {
    return new MessageId(new java.util.UUID(random.nextLong(), random.nextLong()));
  }

  /** A question of this user about this child, for which these authorities must be named. */
  static Letter query(
      Line line, MessageId id, String user, DemographicPerson child, String expected) {
    PlanQueryRequest request = Queries.of(line.system(), child.number().digits());
    request.getAuthor().getPerson().setUserId(user);
    return new Letter(
        line,
        Interaction.QUERY,
        Kind.QUERY,
        id,
        request,
        child.number().digits(),
        user,
        expected,
        Asking::authorities);
  }

  private static String authorities(Line.Answered answered) {
    String named =
        answered.as(PlanQueryResponse.class).getAuthorityRecords().stream()
            .map(each -> each.getLocalAuthority().getCode())
            .sorted()
            .collect(Collectors.joining("+"));
    return named.isEmpty() ? "-" : named;
  }
}
