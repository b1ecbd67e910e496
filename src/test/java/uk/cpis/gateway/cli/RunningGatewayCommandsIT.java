package uk.cpis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.simulator.AuthorityBehaviour;
import uk.cpis.gateway.simulator.SimulatedAuthority;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestAuthorities;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestSystem;

/** The commands that ask a running gateway, as they are typed. Tower Hamlets refuses for good. */
class RunningGatewayCommandsIT {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();

  @TempDir private Path folder;
  private TestAuthorities authorities;
  private SimulatedAuthority system;
  private TestGateway gateway;

  @BeforeEach
  void open() {
    authorities = TestAuthorities.open(CLOCK, folder.resolve("authorities"), TOWER_HAMLETS);
    system = authorities.of(TOWER_HAMLETS);
    system.behave(AuthorityBehaviour.REFUSE);
    gateway =
        TestGateway.open(
            folder,
            CLOCK,
            TestGateway.delivered(
                TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001"),
                TOWER_HAMLETS,
                system.address()),
            TestGateway.collecting("HCK", "Hackney", "020 7946 0002"));
  }

  @AfterEach
  void close() {
    gateway.close();
    authorities.close();
  }

  @Test
  void showsDeadLettersAndSendsThemAgainOnlyWhenToldTo() {
    assertThat(typed("dead-letters").done()).contains("0 in all.");
    hold();
    look();
    look();
    look();
    await().until(() -> typed("dead-letters").done().contains("  3  since "));

    assertThat(typed("dead-letters", "twh").done())
        .contains("number 1, ", "(refused, 1 attempt)")
        .containsPattern("TWH +refused +3 +since ");
    assertThat(typed("dead-letters", "XXX").ended(1)).contains("XXX: there is no such authority");
    assertThat(typed("dead-letters", "NOPE", "--send-again", "--yes").ended(1))
        .contains("NOPE: there is no such authority");
    assertThat(typed("dead-letters", "--yes").ended(2)).contains("--yes goes with --send-again");
    assertThat(typed("dead-letters", "HCK").done()).isEqualToIgnoringNewLines("0 in all.");
    assertThat(typed("dead-letters", "--reason", "outlived").done()).contains("0 in all.");
    assertThat(typed("dead-letters", "--reason", "nonsense").ended(2))
        .contains("--reason takes refused, outlived, uncollected");
    String id = typed("dead-letters", "TWH").done().substring(0, 36);
    assertThat(typed("dead-letters", id).done())
        .containsPattern("authority +TWH")
        .containsPattern("reason +refused");
    assertThat(typed("dead-letters", "00000000-0000-0000-0000-000000000000").ended(1))
        .contains("There is no such notification.");

    system.behave(AuthorityBehaviour.ACCEPT);
    assertThat(typed("dead-letters", "TWH", "--send-again").done())
        .contains("  3  since ", "Nothing is sent; say --yes");
    assertThat(typed("dead-letters", "--reason", "outlived", "--send-again", "--yes").done())
        .contains("0 in all.")
        .doesNotContain("sent again");
    assertThat(system.tasks()).isEmpty();

    assertThat(typed("dead-letters", id, "--send-again").done()).contains("It is sent again.");
    await().until(() -> typed("dead-letters").done().contains("  2  since "));
    await().until(() -> system.tasks().size() == 1);
    await()
        .until(
            () ->
                typed("dead-letters", id, "--send-again")
                    .ended(1)
                    .contains("It is no dead letter: number 1 of TWH is accepted since "));
    assertThat(typed("dead-letters", "TWH", "--reason", "refused", "--send-again", "--yes").done())
        .contains("2 are sent again, the oldest first");
    await().until(() -> typed("dead-letters").done().contains("0 in all."));
    await().until(() -> typed("lanes", "TWH").done().contains("flowing"));
    await().until(() -> system.tasks().size() == 3);
  }

  @Test
  void showsLanesAndTriesOneAtOnce() {
    assertThat(typed("lanes").done()).contains("No lane has anything to show");
    assertThat(typed("lanes", "--all").done()).contains("TWH", "HCK", "mailbox");
    system.stop();
    hold();
    look();
    await().until(() -> typed("lanes").done().contains("open"));

    assertThat(typed("lanes", "twh").done())
        .containsPattern("TWH +open +1 +0 +0 +0 ")
        .doesNotContain("HCK");
    assertThat(typed("lanes", "--json").done()).contains("\"authority\" : \"TWH\"");
    assertThat(typed("lanes", "NOBODY", "--retry").ended(1)).contains("no such authority");
    assertThat(typed("lanes", "--retry").ended(2)).contains("--retry takes the authorities");
    assertThat(typed("lanes", "XXX").ended(1)).isEqualTo(line("XXX: there is no such authority"));
    assertThat(typed("lanes", "TWH", "XXX").ended(1))
        .contains(
            "XXX: there is no such authority", "open", "(settled: since the gateway's start)");

    system.behave(AuthorityBehaviour.ACCEPT);
    system.start();
    typed("lanes", "TWH", "--retry").done();
    await().until(() -> system.tasks().size() == 1);
  }

  private static String line(String text) {
    return text + System.lineSeparator();
  }

  private Typed typed(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    Stream.of("--operations", gateway.gateway().operations().toString()).forEach(line::add);
    return Typed.of(line.toArray(String[]::new));
  }

  private void look() {
    TestSystem homerton = TestSystem.homerton();
    gateway
        .client(homerton)
        .send(Interaction.QUERY, Queries.of(homerton, TestGateway.LUCJA.number().digits()))
        .answer(PlanQueryResponse.class);
  }

  private void hold() {
    LocalDate lastWeek = LondonDay.of(CLOCK.instant()).minusDays(7);
    SubmissionAcknowledgementType answer =
        gateway
            .client(TOWER_HAMLETS)
            .send(
                Interaction.UPDATE,
                Submissions.update(
                    TOWER_HAMLETS,
                    1,
                    "020 7946 0011",
                    Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, lastWeek)))
            .answer(SubmissionAcknowledgementType.class);
    assertThat(answer.getFileCode().value()).isEqualTo("CPF02");
  }
}
