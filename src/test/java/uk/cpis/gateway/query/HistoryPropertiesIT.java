package uk.cpis.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.homerton;
import static uk.cpis.gateway.testing.Examples.newMessageId;
import static uk.cpis.gateway.testing.Examples.nurse;
import static uk.cpis.gateway.testing.Examples.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.ShownAccess;
import uk.cpis.gateway.testing.TestServices;

/**
 * The history against a naive reckoning: some hundred accesses from a fixed seed, in every setting,
 * by few and by many users, under two numbers of one child.
 */
class HistoryPropertiesIT {

  private static final int ACCESSES = 260;
  private static final NhsNumber OLD = new NhsNumber("9990000018");
  private static final NhsNumber NEW = new NhsNumber("9990000026");

  private record Look(String user, Instant at) {}

  @TempDir Path folder;

  private final List<Look> shown = new ArrayList<>();

  @Test
  void everyAnswerHasTheHistoryThatTheRulesSay() {
    Random random = new Random(2_524);
    try (TestServices services = TestServices.open(folder)) {
      services.hold(plan(HACKNEY, OLD, PlanType.CHILD_PROTECTION));
      services.stand(OLD, new NumberStanding.Superseded(Optional.of(NEW)));
      for (int i = 0; i < ACCESSES; i++) {
        services.clock().advance(Duration.ofMinutes(1 + random.nextInt(90)));
        Instant now = services.clock().instant();
        PlanQuery query = anyQuery(random);
        String user = query.author().userKey();

        List<Look> seen = looks(services.queries().answer(query, homerton()));

        assertThat(seen).as("access %d", i).isEqualTo(naive(query, user, now));
      }
    }
    assertThat(shown).hasSizeGreaterThan(60);
  }

  /** What the rules of the history say in so many words (cpis.md §2). */
  private List<Look> naive(PlanQuery query, String user, Instant now) {
    Optional<Look> running =
        shown.stream()
            .filter(look -> look.user().equals(user))
            .filter(look -> now.isBefore(look.at().plus(Duration.ofHours(24))))
            .findFirst();
    boolean unscheduled = !query.setting().orElseThrow().scheduled();
    if (unscheduled && running.isEmpty()) {
      shown.add(new Look(user, now));
    }
    List<Look> newestFirst = new ArrayList<>(shown);
    Collections.reverse(newestFirst);
    List<Look> history = new ArrayList<>(newestFirst.subList(0, Math.min(25, newestFirst.size())));
    running
        .filter(own -> !history.contains(own))
        .ifPresent(own -> history.set(history.size() - 1, own));
    return history;
  }

  private static List<Look> looks(QueryOutcome outcome) {
    return ((QueryOutcome.Answered) outcome)
        .history().stream().map(access -> new Look(userOf(access), access.at())).toList();
  }

  private static String userOf(ShownAccess access) {
    return access.userName().substring("Siân Nurse-".length());
  }

  private static PlanQuery anyQuery(Random random) {
    String user = "user" + (random.nextBoolean() ? random.nextInt(3) : random.nextInt(60));
    boolean scheduled = random.nextInt(5) == 0;
    return new PlanQuery(
        newMessageId(),
        new ContentDigest("a".repeat(64)),
        random.nextBoolean() ? OLD : NEW,
        nurse(user),
        scheduled && random.nextBoolean() ? ActivityCode.B0170 : ActivityCode.B0107,
        Optional.of(scheduled ? CareSetting.DENTISTRY : CareSetting.WALK_IN_CENTRE));
  }
}
