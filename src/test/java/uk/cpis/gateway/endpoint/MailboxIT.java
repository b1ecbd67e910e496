package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.testing.TestMailbox.ids;
import static uk.cpis.gateway.testing.TestMailbox.item;
import static uk.cpis.gateway.testing.TestMailbox.numbers;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.mailbox.AcknowledgeRequest;
import uk.cpis.gateway.contract.mailbox.AcknowledgeResponse;
import uk.cpis.gateway.contract.mailbox.AcknowledgedItemType;
import uk.cpis.gateway.contract.mailbox.CollectRequest;
import uk.cpis.gateway.contract.mailbox.CollectResponse;
import uk.cpis.gateway.contract.mailbox.SettledItemType;
import uk.cpis.gateway.contract.mailbox.SettlementCode;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMailbox;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestSystem;

/** Authorities without a server of their own collect and acknowledge, over mutual TLS. */
class MailboxIT {

  private static final String NOBODYS = new UUID(4, 2).toString();

  private static final SettableClock CLOCK =
      new SettableClock(InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS));

  @TempDir private static Path folder;
  private static TestGateway gateway;

  private final TestClient homerton = gateway.client(TestSystem.homerton());
  private final TestClient towerHamlets = gateway.client(TestSystem.towerHamlets());
  private final TestMailbox mailbox = new TestMailbox(towerHamlets);
  private final TestMailbox hackney = new TestMailbox(gateway.client(TestSystem.hackney()));

  @BeforeAll
  static void open() {
    gateway =
        TestGateway.open(
            folder,
            CLOCK,
            TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001"),
            TestGateway.collecting("HCK", "Hackney", "020 7946 0002"));
    LocalDate lastWeek = LondonDay.of(CLOCK.instant()).minusDays(7);
    hold(
        TestSystem.towerHamlets(),
        Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, lastWeek));
    hold(
        TestSystem.hackney(),
        Submissions.record(TestGateway.LUCJA, PlanType.CHILD_PROTECTION, lastWeek));
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @BeforeEach
  void emptyTheMailboxes() {
    mailbox.empty();
    hackney.empty();
  }

  @Test
  void handsOutTheOldestFirstPageByPage() {
    look(5);

    CollectResponse first = mailbox.collect(2);
    CollectResponse second = mailbox.collect(2, last(first));
    CollectResponse third = mailbox.collect(2, last(second));

    assertThat(first.getRemaining()).isEqualTo(3);
    assertThat(second.getRemaining()).isEqualTo(1);
    assertThat(third.getRemaining()).isZero();
    long number = numbers(first).get(0);
    assertThat(
            IntStream.range(0, 3)
                .mapToObj(List.of(first, second, third)::get)
                .flatMap(page -> numbers(page).stream()))
        .containsExactlyElementsOf(LongStream.range(number, number + 5).boxed().toList());
  }

  @Test
  void turnsThePageBehindWhatWasAcknowledgedMeanwhile() {
    look(4);
    CollectResponse first = mailbox.collect(2);
    mailbox.acknowledge(AnswerCode.ACCEPTED, ids(first).toArray(String[]::new));

    assertThat(ids(mailbox.collect(2, last(first)))).isEqualTo(ids(mailbox.all()));
    assertThat(ids(mailbox.all())).hasSize(2).doesNotContainAnyElementsOf(ids(first));
  }

  @Test
  void anEmptyMailboxIsAnAnswerAndNoFault() {
    CollectResponse nothing = mailbox.all();

    assertThat(nothing.getNotification()).isEmpty();
    assertThat(nothing.getRemaining()).isZero();
    assertThat(mailbox.collect(1, Long.MAX_VALUE).getNotification()).isEmpty();
  }

  @Test
  void offersInTheSameWordsWhatWasNotAcknowledged() {
    look(1);
    String first = body(towerHamlets.send(Interaction.COLLECT, mailbox.request(10)));
    CLOCK.advance(Duration.ofMinutes(1));

    String again = body(towerHamlets.send(Interaction.COLLECT, mailbox.request(10)));

    assertThat(first).contains("accessNotification").contains("notificationId");
    assertThat(again).isEqualTo(first);
  }

  @Test
  void settlesEachNotificationAsItIsAnswered() {
    look(3);
    List<String> own = ids(mailbox.all());
    String foreign = ids(hackney.all()).get(0);
    Instant at = CLOCK.instant();

    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.mailbox")) {
      assertThat(
              mailbox.acknowledge(
                  item(foreign, AnswerCode.ACCEPTED),
                  item(own.get(2), AnswerCode.TRY_LATER),
                  item(NOBODYS, AnswerCode.NOT_OURS),
                  item(own.get(1), AnswerCode.NOT_OURS),
                  item(own.get(0), AnswerCode.ACCEPTED)))
          .containsExactly("unknown", "waiting", "unknown", "settled", "settled");
      assertThat(log.messages())
          .containsExactly("CPG-NOT-OURS authority=TWH notification=" + own.get(1));
    }
    assertThat(ids(mailbox.all())).containsExactly(own.get(2));
    assertThat(ids(hackney.all())).hasSize(3).contains(foreign);
    assertThat(settledAt(own.get(0))).contains(at);
    assertThat(settledAt(own.get(1))).contains(at);
    assertThat(settledAt(own.get(2))).isEmpty();
    assertThat(settledAt(foreign)).isEmpty();
  }

  @Test
  void theSameAcknowledgementAgainGetsTheSameAnswerAndChangesNothing() {
    look(1);
    String id = ids(mailbox.all()).get(0);
    Instant first = CLOCK.instant();
    mailbox.acknowledge(AnswerCode.ACCEPTED, id);
    CLOCK.advance(Duration.ofMinutes(5));

    assertThat(mailbox.acknowledge(AnswerCode.ACCEPTED, id)).containsExactly("settled");
    assertThat(mailbox.acknowledge(AnswerCode.TRY_LATER, id)).containsExactly("settled");
    assertThat(mailbox.acknowledge(AnswerCode.NOT_OURS, id, id))
        .containsExactly("settled", "settled");

    assertThat(settledAt(id)).contains(first);
    assertThat(mailbox.all().getNotification()).isEmpty();
  }

  @Test
  void twentyCopiesOfOneAcknowledgementAtOnceSettleOnce() {
    look(3);
    List<String> own = ids(mailbox.all());
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try (RecordedLog log = RecordedLog.of("uk.cpis.gateway.mailbox")) {
      List<CompletableFuture<AcknowledgeResponse>> copies =
          IntStream.range(0, 20)
              .mapToObj(copy -> mailbox.acknowledgement(reversedEachSecond(own, copy)))
              .map(copy -> CompletableFuture.supplyAsync(() -> untilTaken(copy), threads))
              .toList();

      assertThat(copies.stream().map(CompletableFuture::join))
          .flatExtracting(AcknowledgeResponse::getItem)
          .extracting(SettledItemType::getSettlement)
          .hasSize(60)
          .containsOnly(SettlementCode.SETTLED);
      assertThat(log.messages()).hasSize(3).doesNotHaveDuplicates();
    } finally {
      threads.shutdown();
    }
    assertThat(mailbox.all().getNotification()).isEmpty();
  }

  /** More than the mailbox takes on at once is told to come again soon. */
  private AcknowledgeResponse untilTaken(AcknowledgeRequest request) {
    TestReply reply = towerHamlets.send(Interaction.ACKNOWLEDGE, request);
    while (reply.status() == 503) {
      reply = towerHamlets.send(Interaction.ACKNOWLEDGE, request);
    }
    return reply.answer(AcknowledgeResponse.class);
  }

  private static AcknowledgedItemType[] reversedEachSecond(List<String> ids, int copy) {
    return IntStream.range(0, ids.size())
        .mapToObj(i -> ids.get(copy % 2 == 0 ? i : ids.size() - 1 - i))
        .map(id -> item(id, AnswerCode.NOT_OURS))
        .toArray(AcknowledgedItemType[]::new);
  }

  @Test
  void refusesPagesAndAcknowledgementsBeyondTheLimits() {
    AcknowledgedItemType[] tooMany =
        IntStream.range(0, 101)
            .mapToObj(i -> item(new UUID(7, i).toString(), AnswerCode.ACCEPTED))
            .toArray(AcknowledgedItemType[]::new);

    assertThat(collection(mailbox.request(0)).fault().codes()).contains("201");
    assertThat(collection(mailbox.request(101)).fault().codes()).contains("201");
    assertThat(collection(mailbox.request(100)).status()).isEqualTo(200);
    assertThat(acknowledgement().fault().codes()).contains("201");
    assertThat(acknowledgement(tooMany).fault().codes()).contains("201");
    assertThat(acknowledgement(item("no id", AnswerCode.ACCEPTED)).fault().codes()).contains("201");
  }

  @Test
  void refusesToOpenAnotherAuthoritysMailbox() {
    look(1);
    CollectRequest request = mailbox.request(10);
    request.setLocalAuthorityCode("HCK");

    assertThat(collection(request).fault().codes()).containsExactly("CPG-604");
    assertThat(ids(hackney.all())).hasSize(1);
  }

  private TestReply collection(CollectRequest request) {
    return towerHamlets.send(Interaction.COLLECT, request);
  }

  private TestReply acknowledgement(AcknowledgedItemType... items) {
    return towerHamlets.send(Interaction.ACKNOWLEDGE, mailbox.acknowledgement(items));
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      homerton
          .send(
              Interaction.QUERY, Queries.of(homerton.system(), TestGateway.LUCJA.number().digits()))
          .answer(PlanQueryResponse.class);
    }
  }

  private static void hold(TestSystem system, UpdateRecordType record) {
    SubmissionAcknowledgementType answer =
        gateway
            .client(system)
            .send(Interaction.UPDATE, Submissions.update(system, 1, "020 7946 0011", record))
            .answer(SubmissionAcknowledgementType.class);
    assertThat(answer.getFileCode().value()).isEqualTo("CPF02");
  }

  private static Optional<Instant> settledAt(String id) {
    return gateway.gateway().settledAt(new NotificationId(UUID.fromString(id)));
  }

  private static long last(CollectResponse page) {
    List<Long> numbers = numbers(page);
    return numbers.get(numbers.size() - 1);
  }

  /** The body of the answer as it came, after its signature was verified. */
  private static String body(TestReply reply) {
    reply.answer(CollectResponse.class);
    String text = reply.text();
    return text.substring(text.indexOf(":Body"), text.indexOf("</soap:Body"));
  }
}
