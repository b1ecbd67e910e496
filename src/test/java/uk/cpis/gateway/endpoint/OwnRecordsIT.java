package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.AccessHistoryRequest;
import uk.cpis.gateway.contract.submission.AccessHistoryResponse;
import uk.cpis.gateway.contract.submission.AuthorityUserType;
import uk.cpis.gateway.contract.submission.HoldingType;
import uk.cpis.gateway.contract.submission.HoldingsRequest;
import uk.cpis.gateway.contract.submission.HoldingsResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.contract.types.ShownAccessType;
import uk.cpis.gateway.contract.types.StaffNameType;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.SettableClock;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestStore;
import uk.cpis.gateway.testing.TestSystem;

/** Rule 20, over the wire: what an authority may ask of its own. */
class OwnRecordsIT {

  private static final int HACKNEYS = 2_500;
  private static final String NOT_OUR_TOKEN = "CPG-609";
  private static final String NO_RECORD = "CPG-612";
  private static final SettableClock CLOCK = new SettableClock(InstantSource.system().instant());

  @TempDir private static Path folder;
  private static TestGateway gateway;
  private static long sequence;

  private final TestSystem towerHamlets = TestSystem.towerHamlets();
  private final TestSystem hackney = TestSystem.hackney();
  private final LocalDate lastWeek = LondonDay.of(CLOCK.instant()).minusDays(7);

  @BeforeAll
  static void openOverThousandsOfRecords() {
    try (Store store = TestStore.open(folder.resolve("store"))) {
      for (List<Plan> plans : inThousands(hackneys())) {
        store.change(tx -> plans.forEach(plan -> tx.plans().put(plan, CLOCK.instant())));
      }
    }
    open();
  }

  private static void open() {
    gateway =
        TestGateway.open(
            folder,
            CLOCK,
            TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001"),
            TestGateway.collecting("HCK", "Hackney", "020 7946 0002"));
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void anAuthorityWithThousandsOfRecordsReadsThemAllOnceAndInOrder() {
    List<String> numbers = new ArrayList<>();
    int pages = 0;
    Optional<String> token = Optional.empty();
    do {
      HoldingsResponse page = page(hackney, 1_000, token);
      assertThat(page.getTotalCount()).isEqualTo(HACKNEYS);
      page.getHolding().forEach(each -> numbers.add(each.getSubject().getNhsNumber()));
      token = Optional.ofNullable(page.getNextPageToken());
      pages++;
    } while (token.isPresent());

    assertThat(pages).isEqualTo(3);
    assertThat(numbers).hasSize(HACKNEYS).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void saysOnEachPageWhichSubmissionWasTheLastAndGoesOnAfterChanges() {
    load(
        Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, lastWeek),
        Submissions.record(TestGateway.SIAN, PlanType.LOOKED_AFTER, lastWeek));
    HoldingsResponse first = page(towerHamlets, 1, Optional.empty());
    assertThat(first.getLastSequenceNumber()).isEqualTo(sequence);
    assertThat(held(first)).containsExactly(TestGateway.LUCJA.number().digits() + " LAC");

    // the record at which the page was turned goes, and others come before and behind it
    delete(PlanType.LOOKED_AFTER);
    load(
        Submissions.record(TestGateway.LUCJA, PlanType.CHILD_PROTECTION, lastWeek),
        Submissions.record(TestGateway.SIAN, PlanType.CHILD_PROTECTION, lastWeek));
    HoldingsResponse rest = page(towerHamlets, 10, Optional.of(first.getNextPageToken()));

    assertThat(rest.getLastSequenceNumber()).isEqualTo(first.getLastSequenceNumber() + 2);
    assertThat(held(rest))
        .containsExactly(
            TestGateway.SIAN.number().digits() + " CPP",
            TestGateway.SIAN.number().digits() + " LAC");
    assertThat(rest.getNextPageToken()).isNull();
  }

  @Test
  void aTokenTurnsThePagesOfItsOwnAuthorityOnlyAndAfterARestartToo() {
    String token = page(hackney, 10, Optional.empty()).getNextPageToken();

    assertThat(holdings(towerHamlets, 10, Optional.of(token)).fault().codes())
        .contains(NOT_OUR_TOKEN);
    assertThat(holdings(hackney, 10, Optional.of(altered(token))).fault().codes())
        .contains(NOT_OUR_TOKEN);
    HoldingsResponse second = page(hackney, 10, Optional.of(token));
    gateway.close();
    open();

    assertThat(held(page(hackney, 10, Optional.of(token)))).isEqualTo(held(second));
  }

  @Test
  void refusesPagesBeyondTheLimits() {
    assertThat(holdings(hackney, 0, Optional.empty()).fault().codes()).contains("201");
    assertThat(holdings(hackney, 1_001, Optional.empty()).fault().codes()).contains("201");
    assertThat(page(hackney, 1, Optional.empty()).getHolding()).hasSize(1);
  }

  @Test
  void showsToANamedUserWhoLookedAsLongAsTheRecordIsShown() {
    load(Submissions.record(TestGateway.MOTHER, PlanType.UNBORN, lastWeek));
    TestSystem homerton = TestSystem.homerton();
    gateway
        .client(homerton)
        .send(Interaction.QUERY, Queries.of(homerton, TestGateway.MOTHER.number().digits()))
        .answer(PlanQueryResponse.class);

    AccessHistoryResponse shown =
        history(towerHamlets, user("worker-1")).answer(AccessHistoryResponse.class);

    assertThat(shown.getNhsNumber()).isEqualTo(TestGateway.MOTHER.number().digits());
    assertThat(shown.getAccess())
        .extracting(ShownAccessType::getUserName)
        .containsExactly("Dr Siân Ó Briain-Example");
    assertThat(history(hackney, user("worker-1")).fault().codes()).containsExactly(NO_RECORD);
    send(
        Interaction.DELETE,
        Submissions.delete(towerHamlets, ++sequence, PlanType.UNBORN, TestGateway.MOTHER));
    assertThat(history(towerHamlets, user("worker-1")).fault().codes()).containsExactly(NO_RECORD);
  }

  @Test
  void refusesAHistoryForNobodyByName() {
    AuthorityUserType nameless = user("worker-1");
    nameless.setName(null);
    AuthorityUserType blank = user(" ");
    AccessHistoryRequest withoutUser = historyRequest(towerHamlets, blank);
    withoutUser.setUser(null);

    for (AccessHistoryRequest request :
        List.of(
            withoutUser,
            historyRequest(towerHamlets, nameless),
            historyRequest(towerHamlets, blank))) {
      assertThat(
              gateway
                  .client(towerHamlets)
                  .send(Interaction.ACCESS_HISTORY, request)
                  .fault()
                  .codes())
          .contains("201");
    }
  }

  private static String altered(String token) {
    char last = token.charAt(20) == 'A' ? 'B' : 'A';
    return token.substring(0, 20) + last + token.substring(21);
  }

  private HoldingsResponse page(TestSystem system, int size, Optional<String> token) {
    return holdings(system, size, token).answer(HoldingsResponse.class);
  }

  private TestReply holdings(TestSystem system, int size, Optional<String> token) {
    HoldingsRequest request = new HoldingsRequest();
    request.setSystems(Queries.systems(system.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode(Submissions.authorityCode(system));
    request.setPageSize(size);
    token.ifPresent(request::setPageToken);
    return gateway.client(system).send(Interaction.HOLDINGS, request);
  }

  private static List<String> held(HoldingsResponse page) {
    return page.getHolding().stream().map(OwnRecordsIT::held).toList();
  }

  private static String held(HoldingType each) {
    return each.getSubject().getNhsNumber() + " " + each.getPlanType().value();
  }

  private TestReply history(TestSystem system, AuthorityUserType user) {
    return gateway.client(system).send(Interaction.ACCESS_HISTORY, historyRequest(system, user));
  }

  private static AccessHistoryRequest historyRequest(TestSystem system, AuthorityUserType user) {
    AccessHistoryRequest request = new AccessHistoryRequest();
    request.setSystems(Queries.systems(system.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode(Submissions.authorityCode(system));
    request.setUser(user);
    request.setNhsNumber(TestGateway.MOTHER.number().digits());
    return request;
  }

  private static AuthorityUserType user(String id) {
    StaffNameType name = new StaffNameType();
    name.setFamilyName("Example-Worker");
    AuthorityUserType user = new AuthorityUserType();
    user.setUserId(id);
    user.setName(name);
    return user;
  }

  private void load(UpdateRecordType... records) {
    send(
        Interaction.UPDATE, Submissions.update(towerHamlets, ++sequence, "020 7946 0011", records));
  }

  private void delete(PlanType type) {
    send(Interaction.DELETE, Submissions.delete(towerHamlets, ++sequence, type, TestGateway.LUCJA));
  }

  private void send(Interaction interaction, Object body) {
    TestClient client = gateway.client(towerHamlets);
    SubmissionAcknowledgementType answer =
        client.send(interaction, body).answer(SubmissionAcknowledgementType.class);
    assertThat(answer.getFileCode().value()).isEqualTo("CPF02");
  }

  private static List<Plan> hackneys() {
    LocalDate start = LondonDay.of(CLOCK.instant()).minusDays(30);
    return numbers()
        .limit(HACKNEYS)
        .map(
            number ->
                new Plan(
                    new PlanKey(new OdsCode("HCK"), number, PlanType.LOOKED_AFTER),
                    new PlanPeriod(start, Optional.empty()),
                    new Subject("Testchild-Ŵyn", "Łucja", LocalDate.of(2016, 2, 29)),
                    Optional.of("HCK-" + number.digits()),
                    new SubmissionReference(new MessageId(new UUID(9, 9)), 1)))
        .toList();
  }

  /** Good numbers of the range that is never issued. */
  private static Stream<NhsNumber> numbers() {
    return IntStream.range(999_100_000, 999_200_000)
        .boxed()
        .flatMap(nine -> IntStream.range(0, 10).mapToObj(check -> nine + "" + check))
        .flatMap(digits -> NhsNumber.of(digits).stream());
  }

  private static List<List<Plan>> inThousands(List<Plan> plans) {
    return IntStream.range(0, (plans.size() + 999) / 1_000)
        .mapToObj(i -> plans.subList(i * 1_000, Math.min(plans.size(), (i + 1) * 1_000)))
        .toList();
  }
}
