package uk.cpis.gateway.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.plan;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RememberedMessage;
import uk.cpis.gateway.testing.StoreRows;

/** A store that is filled, swept and filled again uses the room of what was swept. */
class SpaceIT {

  private static final int PEOPLE = 1_500;
  private static final int ROUNDS = 6;
  private static final int ONE_IN = 10;
  private static final List<NhsNumber> NUMBERS =
      LongStream.range(9_990_300_000L, 9_990_400_000L)
          .mapToObj(Long::toString)
          .flatMap(digits -> NhsNumber.of(digits).stream())
          .limit(2 * PEOPLE)
          .toList();

  @TempDir Path folder;
  private SweptServices swept;
  private final Random random = new Random(7);

  @BeforeEach
  void open() {
    swept = new SweptServices(folder, 500);
  }

  @AfterEach
  void close() {
    swept.close();
  }

  @Test
  void usesTheRoomOfWhatItRemovedAgain() {
    fill(0);
    long plans = pagesOf("PLAN");
    long messages = pagesOf("REMEMBERED_MESSAGE");
    for (int round = 1; round <= ROUNDS; round++) {
      swept.daysPass(40);
      assertThat(swept.sweep(SpaceIT::pause).removed("records")).isEqualTo(PEOPLE);
      fill(round);
    }

    // Were none of it used again, each fill would take as much as the first. Some records stay.
    assertThat(pagesOf("PLAN")).isLessThan(plans * (ROUNDS + 1) / 2);
    assertThat(pagesOf("REMEMBERED_MESSAGE")).isLessThan(messages * 5 / 4);
  }

  /** New records that stay among those that will go, so that no page empties by itself. */
  private void fill(int round) {
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      plans.add(past(NUMBERS.get(i)));
      if (i % ONE_IN == 0) {
        int number = PEOPLE + (round * PEOPLE + i) / ONE_IN;
        plans.add(plan(HACKNEY, NUMBERS.get(number), PlanType.LOOKED_AFTER));
      }
    }
    for (int i = 0; i < plans.size(); i += 500) {
      swept.services.hold(plans.subList(i, Math.min(i + 500, plans.size())).toArray(Plan[]::new));
    }
    swept.services.store().change(tx -> messages().forEach(tx.messages()::remember));
  }

  private List<RememberedMessage> messages() {
    List<RememberedMessage> messages = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      messages.add(
          new RememberedMessage(
              new Asid("200000000117"),
              new MessageId(new UUID(random.nextLong(), random.nextLong())),
              Interaction.QUERY,
              new ContentDigest("a".repeat(64)),
              swept.services.clock().instant().plusMillis(i),
              new UUID(random.nextLong(), random.nextLong())));
    }
    return messages;
  }

  private static Plan past(NhsNumber person) {
    return plan(HACKNEY, person, PlanType.CHILD_PROTECTION, Optional.of(LocalDate.of(2024, 5, 1)));
  }

  private long pagesOf(String table) {
    return StoreRows.pagesOf(swept.store, table);
  }

  /** As the housekeeping does between two batches. */
  private static boolean pause() {
    try {
      return !new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
