package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.mailbox.AcknowledgeRequest;
import uk.cpis.gateway.contract.mailbox.AcknowledgeResponse;
import uk.cpis.gateway.contract.mailbox.AcknowledgedItemType;
import uk.cpis.gateway.contract.mailbox.CollectRequest;
import uk.cpis.gateway.contract.mailbox.CollectResponse;
import uk.cpis.gateway.contract.mailbox.SettlementCode;
import uk.cpis.gateway.contract.notification.AccessNotificationType;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.AccessHistoryRequest;
import uk.cpis.gateway.contract.submission.AccessHistoryResponse;
import uk.cpis.gateway.contract.submission.AuthorityUserType;
import uk.cpis.gateway.contract.submission.HoldingsRequest;
import uk.cpis.gateway.contract.submission.HoldingsResponse;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.contract.types.PlanTypeCode;
import uk.cpis.gateway.contract.types.SearchOutcomeCode;
import uk.cpis.gateway.contract.types.StaffNameType;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestSystem;

/** What local authorities send and ask, over mutual TLS, dealt with by the whole gateway. */
class SubmissionIT {

  private static final String TELEPHONE = "020 7946 0011";
  private static final AtomicLong SEQUENCE = new AtomicLong();

  private static TestGateway gateway;
  private static LocalDate lastWeek;

  @TempDir private static Path folder;

  private final TestSystem towerHamlets = TestSystem.towerHamlets();
  private final TestClient client = gateway.client(towerHamlets);

  @BeforeAll
  static void open() {
    gateway = TestGateway.open(folder);
    lastWeek = LondonDay.of(gateway.clock().instant()).minusDays(7);
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void acknowledgesGoodAndBadRecordsOneByOne() {
    UpdateRecordType withoutStart =
        Submissions.record(TestGateway.SIAN, PlanType.LOOKED_AFTER, lastWeek);
    withoutStart.setStartDate(null);
    UpdateRecordType withoutNumber =
        Submissions.record(TestGateway.SIAN, PlanType.CHILD_PROTECTION, lastWeek);
    withoutNumber.setNhsNumber("999 000 0026");

    SubmissionAcknowledgementType acknowledged =
        update(
            Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, lastWeek),
            withoutStart,
            withoutNumber);

    assertThat(acknowledged.getFileCode().value()).isEqualTo("CPF03");
    assertThat(acknowledged.getRecord())
        .extracting(record -> record.getCode().value() + " " + record.getLocalIdentifier())
        .containsExactly("CPR06 LOCAL-LAC", "CPR07 LOCAL-LAC", "CPR04 LOCAL-CPP");
    assertThat(acknowledged.getRecord().get(1).getDetailCode()).isEqualTo("CPG-202");
    assertThat(query(TestGateway.LUCJA)).isEqualTo(SearchOutcomeCode.RECORDS_FOUND);
  }

  @Test
  void acceptsADateWithAZone() {
    UpdateRecordType record = Submissions.record(TestGateway.MOTHER, PlanType.UNBORN, lastWeek);
    record.setStartDate(lastWeek + "Z");
    record.setDateOfBirth(record.getDateOfBirth() + "+01:00");

    assertThat(update(record).getFileCode().value()).isEqualTo("CPF02");
  }

  @Test
  void removesWhatIsDeleted() {
    update(Submissions.record(TestGateway.SIAN, PlanType.CHILD_PROTECTION, lastWeek));

    SubmissionAcknowledgementType acknowledged =
        send(
            Interaction.DELETE,
            Submissions.delete(
                towerHamlets,
                SEQUENCE.incrementAndGet(),
                PlanType.CHILD_PROTECTION,
                TestGateway.SIAN));

    assertThat(acknowledged.getFileCode().value()).isEqualTo("CPF02");
    assertThat(query(TestGateway.SIAN)).isEqualTo(SearchOutcomeCode.NO_RECORDS_FOUND);
  }

  @Test
  void acknowledgesTheSameMessageAgainInTheSameWords() {
    TestMessage message =
        client.message(
            Interaction.UPDATE,
            Submissions.update(
                towerHamlets,
                SEQUENCE.incrementAndGet(),
                TELEPHONE,
                Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, lastWeek)));

    String first = xml(client.send(message));
    String again = xml(client.send(message));

    assertThat(again).isEqualTo(first);
  }

  @Test
  void refusesAReusedSequenceNumber() {
    long number = SEQUENCE.incrementAndGet();
    send(Interaction.UPDATE, withNumber(number, PlanType.LOOKED_AFTER));

    SubmissionAcknowledgementType refused =
        send(Interaction.UPDATE, withNumber(number, PlanType.CHILD_PROTECTION));

    assertThat(refused.getFileCode().value()).isEqualTo("CPF01");
    assertThat(refused.getDetailCode()).isEqualTo("CPG-102");
  }

  @Test
  void refusesToSpeakForAnotherAuthority() {
    PlanUpdateRequest update = withNumber(SEQUENCE.incrementAndGet(), PlanType.LOOKED_AFTER);
    update.getLocalAuthority().setCode("HCK");

    assertThat(client.send(Interaction.UPDATE, update).fault().codes()).containsExactly("CPG-604");
  }

  @Test
  void changesNothingByWhatItRefuses() {
    TestMessage message =
        client.message(Interaction.UPDATE, withNumber(SEQUENCE.get() + 1, PlanType.UNBORN));
    byte[] good = message.signed(towerHamlets.signingKeys(), gateway.clock());
    byte[] altered =
        new String(good, StandardCharsets.UTF_8)
            .replace("LOCAL-UCP", "OTHER-UCP")
            .getBytes(StandardCharsets.UTF_8);
    byte[] oversize = Arrays.copyOf(good, 3 * 1024 * 1024);

    assertThat(client.send(message, message.bare()).status()).isEqualTo(500);
    assertThat(client.send(message, altered).fault().codes()).containsExactly("CPG-706");
    assertThat(client.send(message, oversize).status()).isEqualTo(413);

    assertThat(holdings().getHolding())
        .noneMatch(
            holding ->
                holding.getPlanType() == PlanTypeCode.UCP
                    && holding
                        .getSubject()
                        .getNhsNumber()
                        .equals(TestGateway.LUCJA.number().digits()));
    assertThat(holdings().getLastSequenceNumber()).isNotEqualTo(SEQUENCE.get() + 1);
  }

  @Test
  void refusesAClinicalSystem() {
    TestSystem homerton = TestSystem.homerton();
    PlanUpdateRequest update = withNumber(SEQUENCE.incrementAndGet(), PlanType.LOOKED_AFTER);
    update.setSystems(Queries.systems(homerton.asid(), TestSystem.GATEWAY));

    TestReply reply = gateway.client(homerton).send(Interaction.UPDATE, update);

    assertThat(reply.fault().codes()).containsExactly("CPG-603");
  }

  @Test
  void tellsWhatItHolds() {
    update(
        Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, lastWeek),
        Submissions.record(TestGateway.LUCJA, PlanType.CHILD_PROTECTION, lastWeek));
    HoldingsRequest request = page(1);

    HoldingsResponse first =
        client.send(Interaction.HOLDINGS, request).answer(HoldingsResponse.class);
    request.setPageToken(first.getNextPageToken());
    HoldingsResponse second =
        client.send(Interaction.HOLDINGS, request).answer(HoldingsResponse.class);

    assertThat(first.getTotalCount()).isGreaterThanOrEqualTo(2);
    assertThat(first.getLastSequenceNumber()).isEqualTo(SEQUENCE.get());
    assertThat(second.getHolding().get(0).getSubject().getNhsNumber()).isNotEmpty();
    assertThat(second.getHolding().get(0).getPlanType())
        .isNotEqualTo(first.getHolding().get(0).getPlanType());
  }

  @Test
  void givesNotificationsToCollectAndTheHistoryToRead() {
    update(Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, lastWeek));
    query(TestGateway.LUCJA);

    CollectResponse collected =
        client.send(Interaction.COLLECT, collect()).answer(CollectResponse.class);
    AccessNotificationType notification =
        collected.getNotification().get(0).getAccessNotification();
    assertThat(notification.getSubject().getFamilyName()).isEqualTo(TestGateway.LUCJA.familyName());
    assertThat(notification.getAccess().getOrganisation().getCode()).isEqualTo("RQX01");

    AcknowledgeResponse settled =
        client
            .send(Interaction.ACKNOWLEDGE, acknowledge(notification.getHead().getNotificationId()))
            .answer(AcknowledgeResponse.class);
    assertThat(settled.getItem().get(0).getSettlement()).isEqualTo(SettlementCode.SETTLED);

    AccessHistoryResponse history =
        client.send(Interaction.ACCESS_HISTORY, history()).answer(AccessHistoryResponse.class);
    assertThat(history.getAccess()).isNotEmpty();
  }

  private SubmissionAcknowledgementType update(UpdateRecordType... records) {
    return send(
        Interaction.UPDATE,
        Submissions.update(towerHamlets, SEQUENCE.incrementAndGet(), TELEPHONE, records));
  }

  private PlanUpdateRequest withNumber(long number, PlanType type) {
    return Submissions.update(
        towerHamlets, number, TELEPHONE, Submissions.record(TestGateway.LUCJA, type, lastWeek));
  }

  private HoldingsResponse holdings() {
    return client.send(Interaction.HOLDINGS, page(1000)).answer(HoldingsResponse.class);
  }

  private HoldingsRequest page(int size) {
    HoldingsRequest request = new HoldingsRequest();
    request.setSystems(Queries.systems(towerHamlets.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode("TWH");
    request.setPageSize(size);
    return request;
  }

  private SubmissionAcknowledgementType send(Interaction interaction, Object body) {
    return client.send(interaction, body).answer(SubmissionAcknowledgementType.class);
  }

  private static SearchOutcomeCode query(DemographicPerson person) {
    TestSystem homerton = TestSystem.homerton();
    return gateway
        .client(homerton)
        .send(Interaction.QUERY, Queries.of(homerton, person.number().digits()))
        .answer(PlanQueryResponse.class)
        .getOutcome();
  }

  /** The body of the reply as it came, without what is new in each reply. */
  private static String xml(TestReply reply) {
    reply.answer(SubmissionAcknowledgementType.class);
    String text = reply.text();
    return text.substring(text.indexOf(":Body"), text.indexOf("</soap:Body"));
  }

  private CollectRequest collect() {
    CollectRequest request = new CollectRequest();
    request.setSystems(Queries.systems(towerHamlets.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode("TWH");
    request.setLimit(10);
    return request;
  }

  private AcknowledgeRequest acknowledge(String notification) {
    AcknowledgedItemType item = new AcknowledgedItemType();
    item.setNotificationId(notification);
    item.setAnswer(AnswerCode.ACCEPTED);
    AcknowledgeRequest request = new AcknowledgeRequest();
    request.setSystems(Queries.systems(towerHamlets.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode("TWH");
    request.getItem().add(item);
    return request;
  }

  private AccessHistoryRequest history() {
    StaffNameType name = new StaffNameType();
    name.setFamilyName("Example-Worker");
    AuthorityUserType user = new AuthorityUserType();
    user.setUserId("worker-1");
    user.setName(name);
    AccessHistoryRequest request = new AccessHistoryRequest();
    request.setSystems(Queries.systems(towerHamlets.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode("TWH");
    request.setUser(user);
    request.setNhsNumber(TestGateway.LUCJA.number().digits());
    return request;
  }
}
