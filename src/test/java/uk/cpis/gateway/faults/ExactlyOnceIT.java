package uk.cpis.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.types.SearchOutcomeCode;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMailbox;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestSystem;

/**
 * One effect for each message, over the wire: however many copies arrive at once, after a restart,
 * and until its memory ends; and none for what was refused for the moment.
 */
class ExactlyOnceIT {

  private static final int COPIES = 20;
  private static final int FEW = 6;
  private static final int ASKED_BACK = 503;
  private static final Duration MEMORY = Duration.ofDays(35);
  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();
  private static final TestSystem HOMERTON = TestSystem.homerton();
  private static final RegisteredAuthority COLLECTS =
      TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001");

  /** Locks are waited for shortly, and only one record may wait for the writer. */
  private static final Map<String, String> IMPATIENT =
      Map.of("cpis.store.lock-wait", "250ms", "cpis.store.writer-queue", "1");

  @TempDir private Path folder;
  private final SettableClock clock =
      new SettableClock(InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS));
  private final ExecutorService senders = Executors.newFixedThreadPool(COPIES);
  private TestGateway gateway;

  @BeforeEach
  void open() {
    open(Map.of());
  }

  @AfterEach
  void close() {
    senders.shutdownNow();
    gateway.close();
  }

  @Test
  void twentyCopiesOfAnUpdateAtOnceHaveOneEffectAndOneAcknowledgement() throws Exception {
    TestMessage update = update(1, PlanType.LOOKED_AFTER);

    List<TestReply> replies = atOnce(TOWER_HAMLETS, update);
    reopen(Map.of());
    TestReply later = gateway.client(TOWER_HAMLETS).send(update(update.id(), 1));

    assertThat(Stream.concat(replies.stream(), Stream.of(later)).map(ExactlyOnceIT::words))
        .hasSize(COPIES + 1)
        .containsOnly(words(later));
    assertThat(fileCode(later)).isEqualTo("CPF02");
    assertThat(audited("UPDATE_ACKNOWLEDGED", "CPF02")).isEqualTo(1);
    assertThat(ask().getAuthorityRecords().get(0).getRecord()).hasSize(1);
  }

  @Test
  void twentyCopiesOfADeletionAtOnceHaveOneEffectAndOneAcknowledgement() throws Exception {
    gateway.client(TOWER_HAMLETS).send(update(1, PlanType.LOOKED_AFTER));
    TestMessage deletion =
        gateway
            .client(TOWER_HAMLETS)
            .message(
                Interaction.DELETE,
                Submissions.delete(TOWER_HAMLETS, 2, PlanType.LOOKED_AFTER, TestGateway.LUCJA));

    List<TestReply> replies = atOnce(TOWER_HAMLETS, deletion);

    assertThat(replies.stream().map(ExactlyOnceIT::words).distinct()).hasSize(1);
    assertThat(fileCode(replies.get(0))).isEqualTo("CPF02");
    assertThat(audited("PLAN_DELETED", "DELETED")).isEqualTo(1);
    assertThat(ask().getOutcome()).isEqualTo(SearchOutcomeCode.NO_RECORDS_FOUND);
  }

  @Test
  void twentyCopiesOfAQueryAtOnceAreOneAccessAndOneNotification() throws Exception {
    gateway.client(TOWER_HAMLETS).send(update(1, PlanType.LOOKED_AFTER));
    TestMessage query = query();

    List<TestReply> replies = atOnce(HOMERTON, query);
    List<String> owed = TestMailbox.ids(mailbox().all());
    reopen(Map.of());
    TestReply later = gateway.client(HOMERTON).send(query().withId(query.id()));

    assertThat(replies)
        .allSatisfy(
            reply ->
                assertThat(reply.answer(PlanQueryResponse.class))
                    .usingRecursiveComparison()
                    .isEqualTo(later.answer(PlanQueryResponse.class)));
    assertThat(owed).hasSize(1);
    assertThat(TestMailbox.ids(mailbox().all())).isEqualTo(owed);
    assertThat(audited("QUERY_ANSWERED", "")).as("accesses").isEqualTo(1);
    assertThat(audited("QUERY_REPEATED", "ANSWERED_AGAIN")).isEqualTo(COPIES);
  }

  @Test
  void otherContentUnderAUsedIdIsAFaultAfterARestartTooAndInAnyInteraction() {
    TestMessage update = update(1, PlanType.LOOKED_AFTER);
    gateway.client(TOWER_HAMLETS).send(update);

    reopen(Map.of());
    TestReply otherWords =
        gateway
            .client(TOWER_HAMLETS)
            .send(update(2, PlanType.CHILD_PROTECTION).withId(update.id()));
    TestReply otherInteraction =
        gateway
            .client(TOWER_HAMLETS)
            .send(
                gateway
                    .client(TOWER_HAMLETS)
                    .message(
                        Interaction.DELETE,
                        Submissions.delete(
                            TOWER_HAMLETS, 2, PlanType.LOOKED_AFTER, TestGateway.LUCJA))
                    .withId(update.id()));

    assertThat(otherWords.fault().codes()).contains("CPG-610");
    assertThat(otherInteraction.fault().codes()).contains("CPG-610");
    assertThat(ask().getAuthorityRecords().get(0).getRecord()).hasSize(1);
  }

  /** While the plans are in somebody else's hands, or the audit, which the writer alone needs. */
  @ParameterizedTest
  @ValueSource(strings = {"plan", "audit_record"})
  void whatMeetsALockIsRefusedForTheMomentAndTakenLaterUnderTheSameId(String table)
      throws Exception {
    gateway.client(TOWER_HAMLETS).send(update(1, PlanType.LOOKED_AFTER));
    reopen(IMPATIENT);
    TestMessage query = query();
    TestMessage update = update(2, PlanType.CHILD_PROTECTION);
    TestReply refusedQuery;
    TestReply refusedUpdate;

    try (StoreLock held = StoreLock.on(folder.resolve("store"), table)) {
      refusedQuery = gateway.client(HOMERTON).send(query);
      refusedUpdate = gateway.client(TOWER_HAMLETS).send(update);
    }

    assertThat(refusedQuery.fault().codes()).containsExactly("208", "CPG-614");
    assertThat(refusedUpdate.fault().codes()).containsExactly("208", "CPG-614");
    assertThat(mailbox().all().getNotification()).isEmpty();
    assertThat(fileCode(gateway.client(TOWER_HAMLETS).send(update))).isEqualTo("CPF02");
    assertThat(gateway.client(HOMERTON).send(query).answer(PlanQueryResponse.class).getOutcome())
        .isEqualTo(SearchOutcomeCode.RECORDS_FOUND);
    assertThat(mailbox().all().getNotification()).hasSize(1);
    assertThat(audited("QUERY_REPEATED", "")).as("it was no repeat").isZero();
  }

  @Test
  void whatFindsTheWriterBusyIsRefusedAtOnceAndTakenLaterUnderTheSameId() throws Exception {
    gateway.client(TOWER_HAMLETS).send(update(1, PlanType.LOOKED_AFTER));
    reopen(IMPATIENT);
    List<TestMessage> queries = Stream.generate(this::query).limit(FEW).toList();
    List<TestReply> replies;

    try (StoreLock held = StoreLock.on(folder.resolve("store"), "audit_record")) {
      replies = atOnce(HOMERTON, queries);
    }

    assertThat(replies.stream().map(reply -> reply.fault().codes().get(1)))
        .contains("CPG-613")
        .allMatch(code -> code.equals("CPG-613") || code.equals("CPG-614"));
    assertThat(mailbox().all().getNotification()).isEmpty();
    assertThat(queries.stream().map(gateway.client(HOMERTON)::send))
        .allMatch(
            reply ->
                reply.answer(PlanQueryResponse.class).getOutcome()
                    == SearchOutcomeCode.RECORDS_FOUND);
    assertThat(mailbox().all().getNotification()).hasSize(FEW);
  }

  @Test
  void aMessageIsRememberedForItsThirtyFiveDaysAndNoLonger() throws Exception {
    TestMessage update = update(1, PlanType.LOOKED_AFTER);
    String first = words(gateway.client(TOWER_HAMLETS).send(update));

    clock.advance(MEMORY);
    sweep();
    String onTheLastDay = words(gateway.client(TOWER_HAMLETS).send(update));
    TestReply other =
        gateway
            .client(TOWER_HAMLETS)
            .send(update(2, PlanType.CHILD_PROTECTION).withId(update.id()));
    clock.advance(Duration.ofMillis(1));
    sweep();
    TestReply asANewMessage =
        gateway
            .client(TOWER_HAMLETS)
            .send(update(2, PlanType.CHILD_PROTECTION).withId(update.id()));

    assertThat(onTheLastDay).isEqualTo(first);
    assertThat(other.fault().codes()).contains("CPG-610");
    assertThat(fileCode(asANewMessage)).isEqualTo("CPF02");
  }

  private void open(Map<String, String> settings) {
    gateway = TestGateway.open(folder, clock, settings, COLLECTS);
  }

  private void reopen(Map<String, String> settings) {
    gateway.close();
    open(settings);
  }

  /** The same message so many times, each on a connection of its own, all at the same moment. */
  private List<TestReply> atOnce(TestSystem system, TestMessage message) throws Exception {
    return atOnce(system, Stream.generate(() -> message).limit(COPIES).toList());
  }

  private List<TestReply> atOnce(TestSystem system, List<TestMessage> messages) throws Exception {
    CountDownLatch ready = new CountDownLatch(messages.size());
    List<Future<TestReply>> sent = new ArrayList<>();
    for (TestMessage message : messages) {
      TestClient client = gateway.client(system);
      byte[] bytes = message.signed(system.signingKeys(), clock);
      Callable<TestReply> sending =
          () -> {
            ready.countDown();
            ready.await();
            return unlessAskedBack(client, message, bytes);
          };
      sent.add(senders.submit(sending));
    }
    List<TestReply> replies = new ArrayList<>();
    for (Future<TestReply> each : sent) {
      replies.add(each.get());
    }
    return replies;
  }

  /** Twenty at once are more than one sender's share of submissions: it is asked to come back. */
  private static TestReply unlessAskedBack(TestClient client, TestMessage message, byte[] bytes) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> client.send(message, bytes), reply -> reply.status() != ASKED_BACK);
  }

  private TestMessage query() {
    return gateway
        .client(HOMERTON)
        .message(Interaction.QUERY, Queries.of(HOMERTON, TestGateway.LUCJA.number().digits()));
  }

  private PlanQueryResponse ask() {
    return gateway.client(HOMERTON).send(query()).answer(PlanQueryResponse.class);
  }

  private TestMessage update(long sequence, PlanType type) {
    LocalDate lastWeek = LondonDay.of(clock.instant()).minusDays(7);
    return gateway
        .client(TOWER_HAMLETS)
        .message(
            Interaction.UPDATE,
            Submissions.update(
                TOWER_HAMLETS,
                sequence,
                "020 7946 0011",
                Submissions.record(TestGateway.LUCJA, type, lastWeek)));
  }

  private TestMessage update(MessageId id, long sequence) {
    return update(sequence, PlanType.LOOKED_AFTER).withId(id);
  }

  private TestMailbox mailbox() {
    return new TestMailbox(gateway.client(TOWER_HAMLETS));
  }

  /** The acknowledgement as it stands in the reply, without the headers around it. */
  private static String words(TestReply reply) {
    String text = reply.text();
    fileCode(reply);
    return text.substring(text.indexOf("fileCode"));
  }

  private static String fileCode(TestReply reply) {
    return reply.answer(SubmissionAcknowledgementType.class).getFileCode().value();
  }

  private long audited(String event, String outcome) throws Exception {
    return StoreCount.of(
        folder.resolve("store"),
        "SELECT COUNT(*) FROM audit_record WHERE event = ? AND outcome LIKE ?",
        event,
        outcome + "%");
  }

  private void sweep() throws Exception {
    URI sweep = URI.create(gateway.gateway().operations() + "/sweep");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(sweep)
                    .header("X-Operator", "a.operator")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
