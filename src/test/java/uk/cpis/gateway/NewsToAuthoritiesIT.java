package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.mailbox.MailboxItemType;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.demographics.PeopleFile;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NotificationKind;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.simulator.AuthorityBehaviour;
import uk.cpis.gateway.simulator.FollowUpTask;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestAuthorities;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMailbox;
import uk.cpis.gateway.testing.TestSystem;

/**
 * All kinds of notification on their whole way: a signed query and the register's news come in, an
 * authority is told over mutual TLS and another one collects. Whatever changes between two
 * attempts, the same is said under the same id.
 */
class NewsToAuthoritiesIT {

  private static final OdsCode TWH = new OdsCode("TWH");
  private static final TestSystem TOWER_HAMLETS = TestSystem.towerHamlets();
  private static final TestSystem HACKNEY = TestSystem.hackney();
  private static final DemographicPerson LUCJA = TestGateway.LUCJA;
  private static final DemographicPerson SIAN = TestGateway.SIAN;
  private static final DemographicPerson MOTHER = TestGateway.MOTHER;
  private static final DemographicPerson ADOPTED =
      TestGateway.person("9990000042", "Exampleton", "Robin", LocalDate.of(2021, 5, 3));
  private static final NhsNumber NEW_NUMBER = new NhsNumber("9990000050");
  private static final NhsNumber BABY = new NhsNumber("9990000069");
  private static final Pattern MESSAGE_ID = Pattern.compile("MessageID[^>]*>([^<]+)<");
  private static final Pattern BODY = Pattern.compile("<soap:Body[^>]*>(.*)</soap:Body>");

  @TempDir private Path folder;
  private final SettableClock clock =
      new SettableClock(InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS));
  private TestAuthorities authorities;
  private TestGateway gateway;
  private long sequence;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    authorities = TestAuthorities.open(clock, folder.resolve("authorities"), TOWER_HAMLETS);
    gateway =
        TestGateway.open(
            folder,
            clock,
            TestGateway.delivered(
                TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001"),
                TOWER_HAMLETS,
                authorities.of(TOWER_HAMLETS).address()),
            TestGateway.collecting("HCK", "Hackney", "020 7946 0002"));
    register(LUCJA, SIAN, MOTHER, ADOPTED);
  }

  @AfterEach
  void close() {
    gateway.close();
    authorities.close();
  }

  @Test
  void everyAttemptSaysTheSameUnderTheSameIdWhateverChangedMeanwhile() throws Exception {
    hold(TOWER_HAMLETS);
    authorities.of(TOWER_HAMLETS).behave(AuthorityBehaviour.TRY_LATER);
    look(TestSystem.homerton());
    news();
    await().until(() -> lane().setAside() == 5);
    // What becomes owed by the changes themselves may overtake what is set aside.
    Set<String> before = Set.copyOf(sent().keySet());

    changeEverything(TOWER_HAMLETS);
    authorities.of(TOWER_HAMLETS).behave(AuthorityBehaviour.ACCEPT);
    operate("/lanes/TWH/retry");
    await().until(() -> tasks(before).size() == 5);
    await().until(() -> lane().setAside() == 0);

    for (FollowUpTask task : tasks(before)) {
      // The authority keeps what came to it after it has answered.
      await().untilAsserted(() -> saysTheSame(sent().get(task.notification().toString())));
    }
    assertThat(tasks(before))
        .extracting(FollowUpTask::kind)
        .containsExactlyInAnyOrder(
            NotificationKind.ACCESS,
            NotificationKind.INACTIVE_NUMBER,
            NotificationKind.INACTIVE_NUMBER,
            NotificationKind.WITHDRAWAL,
            NotificationKind.BIRTH);
  }

  private List<FollowUpTask> tasks(Set<String> notifications) {
    return authorities.of(TOWER_HAMLETS).tasks().stream()
        .filter(task -> notifications.contains(task.notification().toString()))
        .toList();
  }

  /** Signed anew on a later attempt, with the same body. */
  private static void saysTheSame(List<Sent> attempts) {
    assertThat(attempts).hasSizeGreaterThanOrEqualTo(2);
    assertThat(attempts).extracting(Sent::body).containsOnly(attempts.get(0).body());
    assertThat(attempts.get(0).whole()).isNotEqualTo(attempts.get(attempts.size() - 1).whole());
  }

  @Test
  void theStaffReadWhatToDoInEachTask() throws Exception {
    hold(TOWER_HAMLETS);
    look(TestSystem.homerton());
    news();
    await().until(() -> authorities.of(TOWER_HAMLETS).tasks().size() == 5);

    assertThat(texts(NotificationKind.ACCESS))
        .singleElement()
        .asString()
        .contains("was accessed at Homerton Example Hospital")
        .contains("That is 1 access at 1 site in 7 days, ");
    assertThat(texts(NotificationKind.INACTIVE_NUMBER))
        .anyMatch(text -> text.contains("Send these records again under 999 000 0050."))
        .anyMatch(text -> text.contains("There is no other number to send."));
    assertThat(texts(NotificationKind.WITHDRAWAL))
        .singleElement()
        .asString()
        .contains("are withdrawn from all answers");
    assertThat(texts(NotificationKind.BIRTH))
        .singleElement()
        .asString()
        .contains("The baby's NHS number is 999 000 0069.");
    assertThat(String.join("", allTexts())).doesNotContain("attend");
  }

  @Test
  void anAuthorityWithoutAServerCollectsEveryKindInTheSameWordsEachTime() throws Exception {
    hold(HACKNEY);
    TestMailbox mailbox = new TestMailbox(gateway.client(HACKNEY));
    look(TestSystem.homerton());
    news();
    await().until(() -> mailbox.all().getNotification().size() == 5);
    String before = collected(mailbox);

    changeEverything(HACKNEY);

    assertThat(collected(mailbox)).startsWith(before);
    List<MailboxItemType> items = mailbox.all().getNotification();
    assertThat(items.get(0).getAccessNotification().getPatterns()).isNotNull();
    assertThat(items)
        .filteredOn(each -> each.getInactiveNhsNumberNotification() != null)
        .hasSize(2);
    assertThat(items).filteredOn(each -> each.getBirthNotification() != null).hasSize(1);
    assertThat(items).filteredOn(each -> each.getWithdrawalNotification() != null).hasSize(1);
    assertThat(TestMailbox.ids(mailbox.all()).subList(0, 5)).doesNotHaveDuplicates();
  }

  /** Merged, sensitive, adopted, and a baby: the register's next file. */
  private void news() throws IOException, InterruptedException {
    register(
        with(LUCJA, Status.SUPERSEDED, Optional.of(NEW_NUMBER)),
        with(SIAN, Status.SENSITIVE, Optional.empty()),
        MOTHER,
        with(ADOPTED, Status.INVALIDATED, Optional.empty()),
        baby(Status.CURRENT));
  }

  /** Other records, other standings, a longer history: nothing is as it was told. */
  private void changeEverything(TestSystem authority) throws IOException, InterruptedException {
    look(TestSystem.nhs111());
    send(
        authority,
        Interaction.DELETE,
        Submissions.delete(authority, ++sequence, PlanType.LOOKED_AFTER, LUCJA, ADOPTED));
    send(
        authority,
        Interaction.DELETE,
        Submissions.delete(authority, ++sequence, PlanType.UNBORN, MOTHER));
    register(
        with(LUCJA, Status.SENSITIVE, Optional.empty()),
        SIAN,
        with(MOTHER, Status.SENSITIVE, Optional.empty()),
        ADOPTED,
        baby(Status.SENSITIVE));
  }

  private DemographicPerson baby(Status status) {
    LocalDate yesterday = LondonDay.of(clock.instant()).minusDays(1);
    return new DemographicPerson(
        BABY,
        MOTHER.familyName(),
        List.of("Baby"),
        yesterday,
        status,
        Optional.empty(),
        Optional.of(MOTHER.number()));
  }

  private static DemographicPerson with(
      DemographicPerson person, Status status, Optional<NhsNumber> replacement) {
    return new DemographicPerson(
        person.number(),
        person.familyName(),
        person.givenNames(),
        person.dateOfBirth(),
        status,
        replacement,
        person.mother());
  }

  private void register(DemographicPerson... people) throws IOException, InterruptedException {
    DemographicPerson renumbered =
        new DemographicPerson(
            NEW_NUMBER,
            LUCJA.familyName(),
            LUCJA.givenNames(),
            LUCJA.dateOfBirth(),
            Status.CURRENT,
            Optional.empty(),
            Optional.empty());
    PeopleFile.write(
        folder.resolve("people.csv"),
        Stream.concat(Stream.of(renumbered), Stream.of(people)).toList());
    operate("/register/load");
  }

  private void operate(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.gateway().operations().resolve(path))
            .header("X-Operator", "test")
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private void hold(TestSystem authority) {
    LocalDate lastWeek = LondonDay.of(clock.instant()).minusDays(7);
    send(
        authority,
        Interaction.UPDATE,
        Submissions.update(
            authority,
            ++sequence,
            "020 7946 0011",
            Submissions.record(LUCJA, PlanType.LOOKED_AFTER, lastWeek),
            Submissions.record(SIAN, PlanType.CHILD_PROTECTION, lastWeek),
            Submissions.record(MOTHER, PlanType.UNBORN, lastWeek),
            Submissions.record(ADOPTED, PlanType.LOOKED_AFTER, lastWeek)));
  }

  private void send(TestSystem authority, Interaction interaction, Object message) {
    SubmissionAcknowledgementType answer =
        gateway
            .client(authority)
            .send(interaction, message)
            .answer(SubmissionAcknowledgementType.class);
    assertThat(answer.getFileCode().value()).isEqualTo("CPF02");
  }

  private void look(TestSystem from) {
    clock.advance(Duration.ofSeconds(1));
    gateway
        .client(from)
        .send(Interaction.QUERY, Queries.of(from, LUCJA.number().digits()))
        .answer(PlanQueryResponse.class);
  }

  private LaneStatus lane() {
    return gateway.gateway().lanes().stream()
        .filter(lane -> lane.authority().equals(TWH))
        .findFirst()
        .orElseThrow();
  }

  private List<String> texts(NotificationKind kind) {
    return authorities.of(TOWER_HAMLETS).tasks().stream()
        .filter(task -> task.kind() == kind)
        .map(FollowUpTask::text)
        .toList();
  }

  private List<String> allTexts() {
    return authorities.of(TOWER_HAMLETS).tasks().stream().map(FollowUpTask::text).toList();
  }

  /** The notifications as they came, one after the other. */
  private String collected(TestMailbox mailbox) {
    String text = gateway.client(HACKNEY).send(Interaction.COLLECT, mailbox.request(100)).text();
    Matcher items =
        Pattern.compile("(<[^<>]*:?notification>.*</[^<>]*:?notification>)").matcher(text);
    assertThat(items.find()).isTrue();
    return items.group(1);
  }

  private record Sent(String id, String body, String whole) {}

  /** What was sent to the authority, by the id of the message. */
  private Map<String, List<Sent>> sent() throws IOException {
    try (Stream<Path> files =
        Files.list(folder.resolve("authorities").resolve("messages").resolve("TWH"))) {
      return files
          .filter(file -> file.toString().endsWith("-request.xml"))
          .sorted()
          .map(NewsToAuthoritiesIT::read)
          .collect(Collectors.groupingBy(Sent::id));
    }
  }

  private static Sent read(Path file) {
    try {
      String whole = Files.readString(file);
      String id = found(MESSAGE_ID, whole);
      return new Sent(id.substring(id.lastIndexOf(':') + 1), found(BODY, whole), whole);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(pattern.pattern()).isTrue();
    return matcher.group(1);
  }
}
