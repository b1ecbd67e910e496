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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.FileOutcomeCode;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.demographics.PeopleFile;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.simulator.FollowUpTask;
import uk.cpis.gateway.simulator.SimulatedAuthority;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestAuthorities;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMailbox;
import uk.cpis.gateway.testing.TestStore;
import uk.cpis.gateway.testing.TestSystem;

/**
 * A child's whole story, told over the wire while the clock moves: Tower Hamlets plans before the
 * birth and is sent its notifications, Hackney looks after the child and collects them.
 */
class ChildsStoryIT {

  @TempDir Path folder;

  private final SettableClock clock =
      new SettableClock(InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS));

  private TestAuthorities authorities;
  private SimulatedAuthority towerHamlets;
  private TestGateway gateway;
  private TestClient homerton;
  private TestClient towerHamletsSystem;
  private TestClient hackneySystem;
  private TestMailbox mailboxOfHackney;
  private long sequence;
  private int tasksSeen;

  @BeforeEach
  void open() {
    TestSystem tower = TestSystem.towerHamlets();
    authorities = TestAuthorities.open(clock, folder.resolve("authorities"), tower);
    towerHamlets = authorities.of(tower);
    gateway =
        TestGateway.open(
            folder,
            clock,
            TestGateway.delivered(
                TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001"),
                tower,
                towerHamlets.address()),
            TestGateway.collecting("HCK", "Hackney", "020 7946 0002"));
    homerton = gateway.client(TestSystem.homerton());
    towerHamletsSystem = gateway.client(tower);
    hackneySystem = gateway.client(TestSystem.hackney());
    mailboxOfHackney = new TestMailbox(hackneySystem);
  }

  @AfterEach
  void close() {
    gateway.close();
    authorities.close();
  }

  @Test
  void aChildIsKeptInSightFromBeforeTheBirthUntilTwelveMonthsAfterTheLastPlan()
      throws IOException, InterruptedException {
    // Tower Hamlets plans for an unborn child; its mother comes to the emergency department.
    LocalDate planned = today();
    send(towerHamletsSystem, record(TestGateway.MOTHER, PlanType.UNBORN, planned));
    assertThat(typesShownOf(TestGateway.MOTHER)).containsExactly("TWH UCP");
    assertThat(newTaskOfTowerHamlets().kind()).isEqualTo(NotificationKind.ACCESS);

    // The baby is born: Tower Hamlets is told the baby's number.
    days(60);
    DemographicPerson baby = born("9990000050", "Example-Mother", "Niamh");
    FollowUpTask birth = newTaskOfTowerHamlets();
    assertThat(birth.kind()).isEqualTo(NotificationKind.BIRTH);
    assertThat(birth.text()).contains("999 000 0050");

    // It ends the plan that the mother bore and sends the baby's own.
    LocalDate birthday = today();
    send(
        towerHamletsSystem,
        ended(TestGateway.MOTHER, PlanType.UNBORN, planned, birthday),
        record(baby, PlanType.CHILD_PROTECTION, birthday));
    assertThat(typesShownOf(baby)).containsExactly("TWH CPP");
    assertThat(newTaskOfTowerHamlets().kind()).isEqualTo(NotificationKind.ACCESS);

    // Three months later Hackney looks after the child as well: both are told of the next access.
    days(90);
    LocalDate takenIn = today();
    send(hackneySystem, record(baby, PlanType.LOOKED_AFTER, takenIn));
    assertThat(typesShownOf(baby)).containsExactly("HCK LAC", "TWH CPP");
    assertThat(newTaskOfTowerHamlets().kind()).isEqualTo(NotificationKind.ACCESS);
    assertThat(collectedByHackney()).isEqualTo(1);

    // Both plans end. They stay in sight for twelve months, and each look is told.
    days(60);
    LocalDate end = today();
    send(towerHamletsSystem, ended(baby, PlanType.CHILD_PROTECTION, birthday, end));
    send(hackneySystem, ended(baby, PlanType.LOOKED_AFTER, takenIn, end));
    days(ChronoUnit.DAYS.between(end, end.plusMonths(12)));
    assertThat(typesShownOf(baby)).containsExactly("HCK LAC", "TWH CPP");
    assertThat(newTaskOfTowerHamlets().kind()).isEqualTo(NotificationKind.ACCESS);
    assertThat(collectedByHackney()).isEqualTo(1);

    // A day later nothing is shown and nobody is told; the sweep takes the records from the store.
    days(1);
    assertThat(typesShownOf(baby)).isEmpty();
    assertThat(collectedByHackney()).isZero();
    operated("/sweep");
    assertThat(typesShownOf(baby)).isEmpty();
    assertThat(towerHamlets.tasks()).hasSize(tasksSeen);
    gateway.close();
    assertThat(recordsInTheStoreOf(baby)).isZero();
  }

  private LocalDate today() {
    return LondonDay.of(clock.instant());
  }

  private void days(long days) {
    clock.advance(Duration.ofDays(days));
  }

  private void send(TestClient authority, UpdateRecordType... records) {
    SubmissionAcknowledgementType acknowledgement =
        authority
            .send(
                Interaction.UPDATE,
                Submissions.update(authority.system(), ++sequence, "020 7946 0003", records))
            .answer(SubmissionAcknowledgementType.class);
    assertThat(acknowledgement.getFileCode()).isEqualTo(FileOutcomeCode.CPF_02);
  }

  private static UpdateRecordType record(DemographicPerson person, PlanType type, LocalDate start) {
    return Submissions.record(person, type, start);
  }

  private static UpdateRecordType ended(
      DemographicPerson person, PlanType type, LocalDate start, LocalDate end) {
    UpdateRecordType record = record(person, type, start);
    record.setEndDate(end.toString());
    return record;
  }

  /** What a clinician of the emergency department is shown: authority and type of each record. */
  private List<String> typesShownOf(DemographicPerson person) {
    return homerton
        .send(Interaction.QUERY, Queries.of(homerton.system(), person.number().digits()))
        .answer(PlanQueryResponse.class)
        .getAuthorityRecords()
        .stream()
        .flatMap(
            records ->
                records.getRecord().stream()
                    .map(
                        record ->
                            records.getLocalAuthority().getCode()
                                + " "
                                + record.getPlanType().value()))
        .toList();
  }

  /** The one task more that Tower Hamlets has now; its notification is settled. */
  private FollowUpTask newTaskOfTowerHamlets() {
    tasksSeen++;
    await().atMost(Duration.ofMinutes(3)).until(() -> towerHamlets.tasks().size() == tasksSeen);
    FollowUpTask task = towerHamlets.tasks().get(tasksSeen - 1);
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> gateway.gateway().settledAt(task.notification()).isPresent());
    return task;
  }

  /** How many notifications Hackney collects and acknowledges. */
  private int collectedByHackney() {
    List<String> collected = TestMailbox.ids(mailboxOfHackney.all());
    mailboxOfHackney.empty();
    return collected.size();
  }

  /** Demographics report a baby born today to the mother; an operator has the register loaded. */
  private DemographicPerson born(String number, String family, String given)
      throws IOException, InterruptedException {
    DemographicPerson baby =
        new DemographicPerson(
            new NhsNumber(number),
            family,
            List.of(given),
            today(),
            DemographicPerson.Status.CURRENT,
            Optional.empty(),
            Optional.of(TestGateway.MOTHER.number()));
    PeopleFile.write(folder.resolve("people.csv"), List.of(TestGateway.MOTHER, baby));
    operated("/register/load");
    return baby;
  }

  private String operated(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(gateway.gateway().operations() + path))
                    .header("X-Operator", "story")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private long recordsInTheStoreOf(DemographicPerson person) {
    try (Store store = TestStore.open(folder.resolve("store"))) {
      return Stream.of("TWH", "HCK")
          .map(OdsCode::new)
          .flatMap(
              code ->
                  Stream.of(PlanType.values())
                      .map(type -> new PlanKey(code, person.number(), type)))
          .filter(key -> store.read(tx -> tx.plans().find(key)).isPresent())
          .count();
    }
  }
}
