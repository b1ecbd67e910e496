package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.simulator.SimulatedAuthority;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestAuthorities;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestSystem;

/** What the operator is told by the real gateway while an authority is away, and afterwards. */
class AlertsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();

  @TempDir private Path folder;
  private final SettableClock clock =
      new SettableClock(InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS));
  private TestAuthorities authorities;
  private SimulatedAuthority system;
  private TestGateway gateway;

  @BeforeEach
  void open() {
    authorities = TestAuthorities.open(clock, folder.resolve("authorities"), TOWER_HAMLETS);
    system = authorities.of(TOWER_HAMLETS);
    openTheGateway();
  }

  private void openTheGateway() {
    RegisteredAuthority registered =
        TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001");
    gateway =
        TestGateway.open(
            folder,
            clock,
            TestGateway.delivered(registered, TOWER_HAMLETS, system.address()),
            TestGateway.collecting("HCK", "Hackney", "020 7946 0002"));
  }

  @AfterEach
  void close() {
    gateway.close();
    authorities.close();
  }

  @Test
  void tellsThatADayIsUsedUpKeepsTellingHealthAcrossARestartAndTellsWhenItIsOver()
      throws Exception {
    hold();
    system.stop();
    look();
    assertThat(told()).isEmpty();

    clock.advance(Duration.ofHours(25));

    await().atMost(PATIENCE).until(() -> told().containsAll(List.of("CPG-OVERDUE", "CPG-BREACH")));
    assertThat(operations("/health")).contains("not told within 24 hours", "degraded");
    gateway.close();
    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.watch")) {
      openTheGateway();
      assertThat(told()).contains("CPG-OVERDUE", "CPG-BREACH");

      system.start();
      await().atMost(PATIENCE).until(this::nothingIsLateAfterAnotherMinute);
      assertThat(log.messages())
          .hasSize(2)
          .anyMatch(line -> line.startsWith("CPG-OVERDUE-OVER authority=TWH "))
          .anyMatch(line -> line.startsWith("CPG-BREACH-OVER authority=TWH "));
    }
    assertThat(operations("/health")).doesNotContain("not told within 24 hours");
    // Hackney has a system for it and has never submitted.
    await().atMost(PATIENCE).until(this::hackneyIsSilentAfterAnotherHour);
  }

  private boolean hackneyIsSilentAfterAnotherHour() throws IOException, InterruptedException {
    clock.advance(Duration.ofHours(1));
    String alerts = operations("/alerts");
    return alerts.contains("CPG-SILENT") && alerts.contains("HCK");
  }

  private boolean nothingIsLateAfterAnotherMinute() throws IOException, InterruptedException {
    clock.advance(Duration.ofMinutes(1));
    List<String> told = told();
    return !told.contains("CPG-OVERDUE") && !told.contains("CPG-BREACH");
  }

  /** The codes that stand. */
  private List<String> told() throws IOException, InterruptedException {
    return operations("/alerts")
        .lines()
        .filter(line -> line.contains("\"code\""))
        .map(line -> line.replaceAll(".*: \"(CPG-[A-Z-]+)\".*", "$1"))
        .toList();
  }

  private String operations(String path) throws IOException, InterruptedException {
    URI address = gateway.gateway().operations().resolve(path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void look() {
    TestSystem homerton = TestSystem.homerton();
    gateway
        .client(homerton)
        .send(Interaction.QUERY, Queries.of(homerton, TestGateway.LUCJA.number().digits()))
        .answer(PlanQueryResponse.class);
  }

  private long sequence;

  private void hold() {
    LocalDate lastWeek = LondonDay.of(clock.instant()).minusDays(7);
    SubmissionAcknowledgementType answer =
        gateway
            .client(TOWER_HAMLETS)
            .send(
                Interaction.UPDATE,
                Submissions.update(
                    TOWER_HAMLETS,
                    ++sequence,
                    "020 7946 0011",
                    Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, lastWeek)))
            .answer(SubmissionAcknowledgementType.class);
    assertThat(answer.getFileCode().value()).isEqualTo("CPF02");
  }
}
