package uk.cpis.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.testing.Examples.OPERATOR;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.delivery.SendAgain;
import uk.cpis.gateway.domain.AlertKind;
import uk.cpis.gateway.domain.DeadLetter;
import uk.cpis.gateway.domain.DeadLetterCount;
import uk.cpis.gateway.domain.DeadLetterReason;
import uk.cpis.gateway.domain.GivenUp;
import uk.cpis.gateway.domain.NotificationId;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.domain.NotificationStanding;
import uk.cpis.gateway.domain.NotificationState;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Operator;
import uk.cpis.gateway.domain.RegisterLoad;
import uk.cpis.gateway.domain.StandingAlert;
import uk.cpis.gateway.retention.SweepReport;

class OperationsServerIT {

  private static final LaneStatus LANE =
      new LaneStatus(
          new OdsCode("TWH"),
          LaneStatus.State.OPEN,
          3,
          0,
          7,
          1,
          Optional.of(Instant.parse("2026-11-21T22:00:00Z")),
          Optional.of("connection refused"),
          Optional.empty(),
          Optional.empty(),
          Optional.of(Instant.parse("2026-11-21T21:00:00Z")));

  private static final NotificationId LETTER_ID =
      NotificationId.of(new UUID(1, 2), new OdsCode("TWH"));

  private static final DeadLetter LETTER =
      new DeadLetter(
          LETTER_ID,
          new OdsCode("TWH"),
          12,
          NotificationKind.ACCESS,
          Instant.parse("2026-11-20T21:59:00Z"),
          new GivenUp(DeadLetterReason.REFUSED, "refused: 201", 1),
          Instant.parse("2026-11-20T22:00:00Z"));

  private static final NotificationStanding STANDING =
      new NotificationStanding(
          LETTER_ID,
          new OdsCode("TWH"),
          12,
          NotificationKind.ACCESS,
          Instant.parse("2026-11-20T21:59:00Z"),
          NotificationState.DEAD_LETTER,
          Optional.empty());

  private static final DeadLetterCount LETTERS =
      new DeadLetterCount(
          new OdsCode("TWH"), DeadLetterReason.OUTLIVED, 17, Instant.parse("2026-11-20T22:00:00Z"));

  private static final StandingAlert ALERT =
      new StandingAlert(AlertKind.BREACH, "TWH", Instant.parse("2026-11-21T22:00:00Z"));

  private static final SweepReport SWEPT =
      new SweepReport(
          Instant.parse("2026-11-22T03:00:00Z"),
          Instant.parse("2026-11-22T03:00:01Z"),
          List.of(new SweepReport.Swept("records", 3, SweepReport.Ending.DONE)));

  private static final LastSequences LAST =
      new LastSequences(
          Optional.of(Instant.parse("2026-11-22T05:00:00Z")),
          Optional.empty(),
          List.of(new LastSequences.Last(new OdsCode("TWH"), OptionalLong.of(57))));

  @TempDir private static Path folder;

  private final AtomicReference<BackupOutcome> backup =
      new AtomicReference<>(new BackupOutcome.NotConfigured());
  private final List<String> acknowledgedFrom = new CopyOnWriteArrayList<>();
  private final List<Operator> sweptBy = new CopyOnWriteArrayList<>();
  private final List<String> retried = new CopyOnWriteArrayList<>();
  private final List<String> sentAgain = new CopyOnWriteArrayList<>();
  private final List<String> resets = new CopyOnWriteArrayList<>();
  private final AtomicReference<Optional<String>> store = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<String>> broker = new AtomicReference<>(Optional.empty());

  private SendAgain letter = SendAgain.SENT;

  private final AtomicReference<Optional<RegisterLoad>> register =
      new AtomicReference<>(Optional.of(new RegisterLoad.Loaded(3, 1)));

  private final CountDownLatch exporting = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  private final OperationsServer server =
      OperationsServer.open(
          0,
          folder,
          new Health(
              List.of(
                  new Health.Check("store", true, store::get),
                  new Health.Check("broker", false, broker::get),
                  new Health.Check("retention", false, Optional::empty, () -> "swept at three"))),
          new Deliveries(
              () -> List.of(LANE),
              (authority, operator) ->
                  authority.value().equals("TWH") && retried.add(authority + " by " + operator),
              id -> Optional.of(STANDING).filter(each -> id.equals(LETTER_ID)),
              new Deliveries.Letters(
                  () -> List.of(LETTERS),
                  code -> List.of(LETTER),
                  id -> Optional.of(LETTER).filter(each -> id.equals(LETTER_ID)),
                  (id, operator) -> id.equals(LETTER_ID) ? letter : SendAgain.NONE,
                  (authority, reason, operator) -> {
                    sentAgain.add(authority + " " + reason + " by " + operator);
                    return 17;
                  }),
              () -> List.of(ALERT)),
          new Register(operator -> register.get()),
          new Sequences(
              (authority, operator) -> {
                resets.add(authority + " by " + operator);
                return authority.equals(new OdsCode("TWH"))
                    ? Optional.of(OptionalLong.of(57))
                    : Optional.empty();
              },
              () -> LAST),
          new Refusals(id -> List.of(), List::of),
          new Upkeep(
              operator -> {
                sweptBy.add(operator);
                return SWEPT;
              },
              operator -> backup.get(),
              new AuditDesk(
                  operator -> {
                    exporting.countDown();
                    waitFor(goOn);
                    return new AuditOutcome.Written(List.of("audit.jsonl"), 3, "1");
                  },
                  AuditDesk.none().prove(),
                  AuditDesk.none().request(),
                  operator -> {
                    acknowledgedFrom.add(operator.name() + " at " + operator.place());
                    return List.of(4L);
                  })),
          new Registration(
              operator -> new RegistrationOutcome.Taken(List.of("by " + operator)),
              (name, operator) -> new RegistrationOutcome.Refused(List.of("a fault")),
              operator -> new RegistrationOutcome.Taken(List.of()),
              List::of,
              new Registration.Unknown(
                  (end, reason, operator) ->
                      new RegistrationOutcome.Taken(List.of(end + reason + operator)),
                  operator -> new RegistrationOutcome.Taken(List.of()))));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void takesARegistrationInAnOperatorsNameAndSaysOfAFaultyOneThatItIs() throws Exception {
    assertThat(post("/registration/load", "a.operator")).isEqualTo(200);
    assertThat(post("/registration/take/0123456789abcdef", "a.operator")).isEqualTo(422);
    assertThat(post("/registration/load", "")).isEqualTo(403);
    String until = "/trust/revocation-unknown/2026-11-24T08:00:00Z/";
    assertThat(proved(until + "the%20list%20is%20late", proof())).isEqualTo(200);
    assertThat(post(until + "the%20list%20is%20late", "")).isEqualTo(403);
    assertThat(post("/trust/revocation-unknown/end", "a.operator")).isEqualTo(200);
    assertThat(post(until, "a.operator")).isEqualTo(404);
  }

  @Test
  void isUpWhileEveryPartWorks() throws Exception {
    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"up\"").doesNotContain("degraded");
  }

  @Test
  void isDegradedButAnsweringWithoutTheBroker() throws Exception {
    broker.set(Optional.of("the broker has stopped"));

    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("degraded").contains("the broker has stopped");
  }

  @Test
  void isDownWithoutTheStore() throws Exception {
    store.set(Optional.of("the disk is full"));

    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"down\"");
  }

  @Test
  void listsTheLanes() throws Exception {
    assertThat(get("/lanes").body())
        .contains("\"authority\" : \"TWH\"")
        .contains("\"waiting\" : 3")
        .contains("\"nextAttempt\" : \"2026-11-21T22:00:00Z\"");
  }

  @Test
  void listsWhatWasToldAndIsNotOver() throws Exception {
    assertThat(get("/alerts").body()).contains("CPG-BREACH", "TWH", "2026-11-21T22:00:00Z");
  }

  @Test
  void listsTheDeadLettersOfAnAuthority() throws Exception {
    assertThat(get("/dead-letters/TWH").body()).contains(LETTER_ID.toString(), "refused: 201");
    assertThat(get("/dead-letters/ZZZ").statusCode()).isEqualTo(404);
    assertThat(get("/dead-letters/ZZZ").body()).contains("there is no such authority");
  }

  @Test
  void sendsADeadLetterAgainForAnOperatorWhoNamesHimself() throws Exception {
    assertThat(post("/dead-letters/" + LETTER_ID + "/send-again", "a.operator")).isEqualTo(200);
    assertThat(post("/dead-letters/" + new UUID(3, 4) + "/send-again", "a.operator"))
        .isEqualTo(404);
  }

  @Test
  void showsHowManyDeadLettersThereAreAndEachByItself() throws Exception {
    assertThat(get("/dead-letters").body()).contains("\"OUTLIVED\"", "\"count\" : 17");
    assertThat(get("/dead-letters/" + LETTER_ID).body())
        .contains("\"number\" : 12", "\"ACCESS\"", "\"attempts\" : 1", "2026-11-20T21:59:00Z");
    assertThat(get("/dead-letters/" + new UUID(3, 4)).statusCode()).isEqualTo(404);
  }

  @Test
  void showsHowOneNotificationStands() throws Exception {
    assertThat(get("/notifications/" + LETTER_ID).body())
        .contains("\"state\" : \"DEAD_LETTER\"", "\"number\" : 12");
    assertThat(get("/notifications/" + new UUID(3, 4)).statusCode()).isEqualTo(404);
  }

  @Test
  void sendsManyAgainByAuthorityByReasonOrAll() throws Exception {
    assertThat(postAnswer("/dead-letters/TWH/send-again", "a.operator").body()).contains("17");
    assertThat(post("/dead-letters/TWH/send-again/outlived", "a.operator")).isEqualTo(200);
    assertThat(post("/dead-letters/send-again", "a.operator")).isEqualTo(200);
    assertThat(post("/dead-letters/send-again/refused", "a.operator")).isEqualTo(200);
    assertThat(post("/dead-letters/send-again/nonsense", "a.operator")).isEqualTo(404);
    assertThat(post("/dead-letters/ZZZ/send-again", "a.operator")).isEqualTo(404);
    assertThat(post("/dead-letters/send-again", "")).isEqualTo(403);
    assertThat(sentAgain)
        .containsExactly(
            "Optional[TWH] Optional.empty by a.operator",
            "Optional[TWH] Optional[OUTLIVED] by a.operator",
            "Optional.empty Optional.empty by a.operator",
            "Optional.empty Optional[REFUSED] by a.operator");
  }

  @Test
  void refusesToSendAgainWhatWaitsInAMailbox() throws Exception {
    letter = SendAgain.COLLECTED;

    assertThat(post("/dead-letters/" + LETTER_ID + "/send-again", "a.operator")).isEqualTo(409);
  }

  @Test
  void triesALaneAtOnce() throws Exception {
    assertThat(post("/lanes/TWH/retry", "a.operator")).isEqualTo(200);
    assertThat(post("/lanes/NOBODY/retry", "a.operator")).isEqualTo(404);
    assertThat(retried).containsExactly("TWH by a.operator");
  }

  @Test
  void saysWhatBecameOfTheRegistersFile() throws Exception {
    assertThat(postAnswer("/register/load", "a.operator").body())
        .contains("\"added\" : 3", "\"changed\" : 1");

    register.set(Optional.of(new RegisterLoad.Refused(List.of("line 3: a fault"))));
    HttpResponse<String> refused = postAnswer("/register/load", "a.operator");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("line 3: a fault");

    register.set(Optional.empty());
    assertThat(post("/register/load", "a.operator")).isEqualTo(404);
  }

  @Test
  void resetsASequenceForAnOperatorWhoNamesHimself() throws Exception {
    assertThat(post("/sequences/TWH/reset", "a.operator")).isEqualTo(200);
    assertThat(post("/sequences/ZZZ/reset", "a.operator")).isEqualTo(404);
    assertThat(post("/sequences/TWH/reset", "")).isEqualTo(403);
    assertThat(resets).containsExactly("TWH by a.operator", "ZZZ by a.operator");
  }

  @Test
  void sweepsTheStoreForAnOperatorWhoNamesHimselfAndShowsTheCounts() throws Exception {
    assertThat(post("/sweep", "")).isEqualTo(403);
    assertThat(sweptBy).isEmpty();

    assertThat(post("/sweep", "a.operator")).isEqualTo(200);
    assertThat(sweptBy).containsExactly(OPERATOR);
  }

  @Test
  void takesABackupForAnOperatorWhoNamesHimselfAndSaysWhatBecameOfIt() throws Exception {
    assertThat(post("/backup", "")).isEqualTo(403);
    assertThat(post("/backup", "a.operator")).isEqualTo(404);

    backup.set(new BackupOutcome.Failed("no room"));
    assertThat(post("/backup", "a.operator")).isEqualTo(500);

    backup.set(new BackupOutcome.Taken("there", Instant.parse("2026-11-22T04:00:00Z"), 1_234));
    HttpResponse<String> taken = postAnswer("/backup", "a.operator");
    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(taken.body()).contains("\"place\" : \"there\"", "\"bytes\" : 1234");
  }

  @Test
  void tellsTheLastSequenceNumberOfEachAuthority() throws Exception {
    assertThat(get("/sequences").body())
        .contains("\"authority\" : \"TWH\"", "\"lastNumber\" : 57", "2026-11-22T05:00:00Z");
  }

  @Test
  void tellsMoreOfAPartThanThatItWorksWhereThereIsMore() throws Exception {
    assertThat(get("/health").body()).contains("swept at three");
  }

  @Test
  void doesNothingForSomebodyWithoutAName() throws Exception {
    assertThat(post("/lanes/TWH/retry", "")).isEqualTo(403);
    assertThat(post("/lanes/TWH/retry", "two words")).isEqualTo(403);
    assertThat(retried).isEmpty();
  }

  @Test
  void writesTheAuditOutOnceAtATimeAndAnswersAboutHealthMeanwhile() throws Exception {
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(() -> posted("/audit/export", "a.operator"));
    waitFor(exporting);

    assertThat(post("/audit/export", "b.operator")).isEqualTo(409);
    assertThat(post("/audit/prove/1", "b.operator")).isEqualTo(409);
    assertThat(get("/health").statusCode()).isEqualTo(200);
    goOn.countDown();

    assertThat(first.get()).isEqualTo(200);
    assertThat(post("/audit/export", "b.operator")).isEqualTo(200);
  }

  @Test
  void takesTheAcknowledgementOfMissingSealsAndKnowsFromWhereItComes() throws Exception {
    assertThat(proved("/audit/acknowledge", proof())).isEqualTo(200);
    assertThat(post("/audit/acknowledge", "")).isEqualTo(403);
    assertThat(acknowledgedFrom).containsExactly("a.operator at 127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/audit/acknowledge",
        "/trust/revocation-unknown/2026-11-24T08:00:00Z/the%20list%20is%20late"
      })
  void doesWhatWeakensItOnlyForWhoMayWriteIntoItsFolderAndOnceForAFile(String path)
      throws Exception {
    assertThat(post(path, "a.operator")).isEqualTo(403);
    assertThat(postAnswer(path, "a.operator").body()).contains(folder.toString());
    assertThat(proved(path, "asked-" + UUID.randomUUID())).isEqualTo(403);
    Path kept = Files.createFile(folder.resolve("kept-" + UUID.randomUUID()));
    assertThat(proved(path, kept.getFileName().toString())).isEqualTo(403);
    assertThat(kept).exists();
    assertThat(acknowledgedFrom).isEmpty();
    String proof = proof();

    assertThat(proved(path, proof)).isEqualTo(200);

    assertThat(folder.resolve(proof)).doesNotExist();
    assertThat(proved(path, proof)).isEqualTo(403);
  }

  private static String proof() throws IOException {
    return Files.createFile(folder.resolve("asked-" + UUID.randomUUID())).getFileName().toString();
  }

  private int proved(String path, String proof) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.address().resolve(path))
                .header("X-Operator", "a.operator")
                .header("X-Proof", proof)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private int posted(String path, String operator) {
    try {
      return post(path, operator);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not within 30 s");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void listensOnTheLoopbackAddressOnly() {
    assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
  }

  private int post(String path, String operator) throws IOException, InterruptedException {
    return postAnswer(path, operator).statusCode();
  }

  private HttpResponse<String> postAnswer(String path, String operator)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .POST(HttpRequest.BodyPublishers.noBody());
    if (!operator.isEmpty()) {
      request.header("X-Operator", operator);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI address = server.address().resolve(path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }
}
