package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.Gateway;
import uk.cpis.gateway.contract.mailbox.CollectRequest;
import uk.cpis.gateway.contract.mailbox.CollectResponse;
import uk.cpis.gateway.contract.mailbox.MailboxItemType;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.contract.types.SearchOutcomeCode;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestPds;
import uk.cpis.gateway.testing.TestSystem;

/** The gateway with PDS behind it, over the wire: rules 9, 14, 17 and 19. */
class PdsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String TELEPHONE = "020 7946 0009";
  private static final NhsNumber NEW_NUMBER = new NhsNumber("9990000042");

  @TempDir private Path folder;
  private final InstantSource clock = InstantSource.system();
  private final LocalDate lastWeek = LondonDay.of(clock.instant()).minusDays(7);
  private final TestSystem towerHamlets = TestSystem.towerHamlets();
  private final TestPds pds = TestPds.open();
  private Gateway gateway;
  private TestClient client;
  private long sequence;

  @BeforeEach
  void open() {
    pds.know(TestGateway.LUCJA, TestGateway.SIAN);
    Map<String, String> settings =
        Map.of(
            "cpis.demographics.pds.address", pds.address().toString(),
            "cpis.demographics.pds.deadline", "5s",
            "cpis.demographics.pds.recheck-pause", "50ms");
    GatewayFolder configured =
        new GatewayFolder(List.of(towerHamlets, TestSystem.homerton()), List.of(), settings);
    gateway =
        Gateway.open(Configuration.read(configured.write(folder), Map.of()).settings(), clock);
    client = client(towerHamlets);
  }

  @AfterEach
  void close() {
    gateway.close();
    pds.close();
  }

  @Test
  void theSameMessageIsTakenLaterThatWasNotWhilePdsWasDown() {
    TestMessage message = client.message(Interaction.UPDATE, update(looked(TestGateway.LUCJA)));
    pds.stop();

    assertThat(fileCode(message)).isEqualTo("CPF05");
    assertThat(fileCode(message)).isEqualTo("CPF05");
    assertThat(query(TestGateway.LUCJA)).isEqualTo(SearchOutcomeCode.NO_RECORDS_FOUND);

    pds.startAgain();
    assertThat(fileCode(message)).isEqualTo("CPF02");
    assertThat(query(TestGateway.LUCJA)).isEqualTo(SearchOutcomeCode.RECORDS_FOUND);
  }

  @Test
  void oneLookUpWithoutAnAnswerLeavesTheWholeSubmissionUndone() {
    pds.fail(
        exchange -> {
          if (!exchange.getRequestURI().getPath().endsWith(TestGateway.SIAN.number().digits())) {
            return false;
          }
          TestPds.send(exchange, 500, "");
          return true;
        });
    TestMessage message =
        client.message(
            Interaction.UPDATE, update(looked(TestGateway.LUCJA), looked(TestGateway.SIAN)));

    assertThat(fileCode(message)).isEqualTo("CPF05");
    assertThat(query(TestGateway.LUCJA)).isEqualTo(SearchOutcomeCode.NO_RECORDS_FOUND);
  }

  @Test
  void everyRecordHasTheCodeThatPdsCallsFor() {
    DemographicPerson hidden =
        with(new NhsNumber("9990000050"), Status.SENSITIVE, Optional.empty());
    DemographicPerson old =
        with(new NhsNumber("9990000069"), Status.SUPERSEDED, Optional.of(NEW_NUMBER));
    DemographicPerson adopted =
        with(new NhsNumber("9990000077"), Status.INVALIDATED, Optional.empty());
    DemographicPerson nobody = with(new NhsNumber("9990000085"), Status.CURRENT, Optional.empty());
    pds.know(hidden, old, adopted, with(NEW_NUMBER, Status.CURRENT, Optional.empty()));

    SubmissionAcknowledgementType acknowledged =
        client
            .send(
                Interaction.UPDATE,
                update(
                    looked(TestGateway.LUCJA),
                    looked(hidden),
                    looked(old),
                    looked(adopted),
                    looked(nobody)))
            .answer(SubmissionAcknowledgementType.class);

    assertThat(acknowledged.getRecord())
        .extracting(record -> record.getCode().value())
        .containsExactly("CPR06", "CPR02", "CPR05", "CPR07", "CPR01");
  }

  @Test
  void whoBecomesSensitiveInPdsIsWithdrawnAndHerAuthorityTold() {
    client.send(Interaction.UPDATE, update(looked(TestGateway.LUCJA)));
    assertThat(query(TestGateway.LUCJA)).isEqualTo(SearchOutcomeCode.RECORDS_FOUND);

    pds.know(with(TestGateway.LUCJA.number(), Status.SENSITIVE, Optional.empty()));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(collected()).anyMatch(item -> item.getWithdrawalNotification() != null));
    assertThat(query(TestGateway.LUCJA)).isEqualTo(SearchOutcomeCode.NO_RECORDS_FOUND);
  }

  @Test
  void aMergeInPdsIsToldWithTheNewNumber() {
    client.send(Interaction.UPDATE, update(looked(TestGateway.LUCJA)));

    pds.know(
        with(TestGateway.LUCJA.number(), Status.SUPERSEDED, Optional.of(NEW_NUMBER)),
        with(NEW_NUMBER, Status.CURRENT, Optional.empty()));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(collected())
                    .filteredOn(item -> item.getInactiveNhsNumberNotification() != null)
                    .singleElement()
                    .extracting(
                        item -> item.getInactiveNhsNumberNotification().getReplacementNhsNumber())
                    .isEqualTo(NEW_NUMBER.digits()));
  }

  private String fileCode(TestMessage message) {
    return client.send(message).answer(SubmissionAcknowledgementType.class).getFileCode().value();
  }

  private Object update(UpdateRecordType... records) {
    return Submissions.update(towerHamlets, ++sequence, TELEPHONE, records);
  }

  private UpdateRecordType looked(DemographicPerson person) {
    return Submissions.record(person, PlanType.LOOKED_AFTER, lastWeek);
  }

  private SearchOutcomeCode query(DemographicPerson person) {
    TestSystem homerton = TestSystem.homerton();
    return client(homerton)
        .send(Interaction.QUERY, Queries.of(homerton, person.number().digits()))
        .answer(PlanQueryResponse.class)
        .getOutcome();
  }

  private List<MailboxItemType> collected() {
    CollectRequest request = new CollectRequest();
    request.setSystems(Queries.systems(towerHamlets.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode("TWH");
    request.setLimit(100);
    return client
        .send(Interaction.COLLECT, request)
        .answer(CollectResponse.class)
        .getNotification();
  }

  private TestClient client(TestSystem system) {
    return new TestClient(gateway.addresses().get(0), system, clock);
  }

  private static DemographicPerson with(
      NhsNumber number, Status status, Optional<NhsNumber> replacement) {
    return new DemographicPerson(
        number,
        TestGateway.LUCJA.familyName(),
        TestGateway.LUCJA.givenNames(),
        TestGateway.LUCJA.dateOfBirth(),
        status,
        replacement,
        Optional.empty());
  }
}
