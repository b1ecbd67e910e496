package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.testing.TestGateway.person;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.query.ActivityRightCode;
import uk.cpis.gateway.contract.query.DeviceAuthorType;
import uk.cpis.gateway.contract.query.PersonAuthorType;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.query.PlanRecordType;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.types.CareSettingCode;
import uk.cpis.gateway.contract.types.SearchOutcomeCode;
import uk.cpis.gateway.contract.types.ShownAccessType;
import uk.cpis.gateway.demographics.PeopleFile;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMailbox;
import uk.cpis.gateway.testing.TestSystem;

/**
 * Merged, adopted and sensitive people, and silent reads, over the wire: what the register says is
 * loaded by an operator, and clinicians ask (rules 2, 3, 4, 14 and 19).
 */
class PeopleIT {

  private static final LocalDate BORN = LocalDate.of(2018, 4, 1);
  private static final DemographicPerson MERGED_OLD =
      person("9990000050", "Merged-Example", "Ŵyn", BORN);
  private static final DemographicPerson MERGED_NEW =
      person("9990000069", "Merged-Example", "Ŵyn", BORN);
  private static final DemographicPerson ADOPTED =
      person("9990000077", "Adopted-Example", "Łucja", BORN);
  private static final DemographicPerson SENSITIVE =
      person("9990000085", "Sensitive-Example", "Siân", BORN);

  private static final DemographicPerson OTHER =
      person("9990000107", "Other-Example", "Máire", BORN);

  private static TestGateway gateway;
  private static long sequence;

  @TempDir private static Path folder;

  private final TestSystem homerton = TestSystem.homerton();

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    gateway = TestGateway.open(folder);
    registerSays(MERGED_OLD, MERGED_NEW, ADOPTED, SENSITIVE, OTHER);
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @BeforeEach
  void nothingWaits() {
    mailbox(TestSystem.towerHamlets()).empty();
    mailbox(TestSystem.hackney()).empty();
  }

  @Test
  void aMergedChildIsAnsweredTheSameUnderEitherNumber() throws Exception {
    load(TestSystem.towerHamlets(), MERGED_OLD, PlanType.LOOKED_AFTER);
    load(TestSystem.hackney(), MERGED_NEW, PlanType.CHILD_PROTECTION);
    registerSays(as(MERGED_OLD, Status.SUPERSEDED, Optional.of(MERGED_NEW.number())));
    mailbox(TestSystem.towerHamlets()).empty();

    PlanQueryResponse byOld = ask(MERGED_OLD);
    PlanQueryResponse byNew = ask(MERGED_NEW);

    assertThat(inWords(byOld))
        .containsExactly("HCK 9990000069 CPP ACTIVE", "TWH 9990000050 LAC ACTIVE");
    assertThat(inWords(byNew)).isEqualTo(inWords(byOld));
    assertThat(byNew.getAccess())
        .as("one window for one user, whichever number was asked for")
        .extracting(ShownAccessType::getUserName)
        .containsExactly("Dr Siân Ó Briain-Example");
    assertThat(mailbox(TestSystem.towerHamlets()).all().getNotification()).hasSize(2);
    assertThat(mailbox(TestSystem.hackney()).all().getNotification()).hasSize(2);
  }

  @Test
  void underAnAdoptedChildsOldNumberNobodyIsFoundAndNobodyIsTold() throws Exception {
    load(TestSystem.towerHamlets(), ADOPTED, PlanType.LOOKED_AFTER);
    registerSays(as(ADOPTED, Status.INVALIDATED, Optional.empty()));

    looksLikeNobodyOnTheRegister(ADOPTED);
  }

  @Test
  void aSensitivePersonLooksLikeNobodyOnTheRegisterAndNobodyIsTold() throws Exception {
    load(TestSystem.towerHamlets(), SENSITIVE, PlanType.LOOKED_AFTER);
    registerSays(as(SENSITIVE, Status.SENSITIVE, Optional.empty()));

    looksLikeNobodyOnTheRegister(SENSITIVE);
  }

  private void looksLikeNobodyOnTheRegister(DemographicPerson person) {
    mailbox(TestSystem.towerHamlets()).empty();
    PlanQueryResponse withheld = ask(person);
    PlanQueryResponse unknown = ask(person("9990000093", "Nobody", "None", BORN));

    assertThat(withheld.getOutcome()).isEqualTo(SearchOutcomeCode.NO_RECORDS_FOUND);
    assertThat(withheld)
        .usingRecursiveComparison()
        .ignoringFields("answeredAt", "nhsNumber")
        .isEqualTo(unknown);
    assertThat(mailbox(TestSystem.towerHamlets()).all().getNotification()).isEmpty();
  }

  @Test
  void aSilentReadShowsTheRecordsAndIsNeitherShownNorTold() {
    load(TestSystem.towerHamlets(), OTHER, PlanType.CHILD_PROTECTION);
    PlanQueryRequest silent = Queries.of(homerton, OTHER.number().digits());
    silent.getAuthor().getPerson().setUserId("silent-reader");
    silent.setActivityCode(ActivityRightCode.B_0170);
    silent.setCareSetting(CareSettingCode.SEXUAL_ASSAULT_REFERRAL_CENTRE);
    silent.getAuthor().getPerson().getName().setFamilyName("Silent");

    PlanQueryResponse answer = answer(silent);

    assertThat(answer.getOutcome()).isEqualTo(SearchOutcomeCode.RECORDS_FOUND);
    assertThat(mailbox(TestSystem.towerHamlets()).all().getNotification()).isEmpty();
    assertThat(ask(OTHER).getAccess())
        .extracting(ShownAccessType::getUserName)
        .noneMatch(name -> name.contains("Silent"));
  }

  @Test
  void aSilentReadInUnscheduledCareIsRefused() {
    PlanQueryRequest query = Queries.of(homerton, OTHER.number().digits());
    query.setActivityCode(ActivityRightCode.B_0170);

    assertThat(client().send(Interaction.QUERY, query).fault().codes()).containsExactly("CPG-606");
  }

  @Test
  void aDeviceIsShownByThePersonWhoAnswersForIt() {
    load(TestSystem.towerHamlets(), OTHER, PlanType.LOOKED_AFTER);

    PlanQueryResponse answer = answer(byDevice(homerton.asid().digits()));

    assertThat(answer.getAccess())
        .extracting(ShownAccessType::getUserName)
        .contains("Dr Siân Ó Briain-Example");
  }

  @Test
  void aDeviceWithTheAsidOfAnotherSystemIsRefused() {
    PlanQueryRequest query = byDevice(TestSystem.nhs111().asid().digits());

    assertThat(client().send(Interaction.QUERY, query).fault().codes()).containsExactly("CPG-605");
  }

  @Test
  void anAuthorWhoIsBothPersonAndDeviceOrNeitherIsRefused() {
    PlanQueryRequest both = byDevice(homerton.asid().digits());
    both.getAuthor()
        .setPerson(Queries.of(homerton, OTHER.number().digits()).getAuthor().getPerson());
    PlanQueryRequest neither = byDevice(homerton.asid().digits());
    neither.getAuthor().setDevice(null);

    assertThat(client().send(Interaction.QUERY, both).fault().codes())
        .containsExactly("201", "CPG-607");
    assertThat(client().send(Interaction.QUERY, neither).fault().codes())
        .containsExactly("201", "CPG-607");
  }

  private TestClient client() {
    return gateway.client(homerton);
  }

  private PlanQueryRequest byDevice(String asid) {
    PlanQueryRequest query = Queries.of(homerton, OTHER.number().digits());
    PersonAuthorType person = query.getAuthor().getPerson();
    DeviceAuthorType device = new DeviceAuthorType();
    device.setAsid(asid);
    device.setOrganisation(person.getOrganisation());
    device.setResponsiblePerson(person.getName());
    device.setJobRole(person.getJobRole());
    query.getAuthor().setPerson(null);
    query.getAuthor().setDevice(device);
    return query;
  }

  private PlanQueryResponse ask(DemographicPerson person) {
    return answer(Queries.of(homerton, person.number().digits()));
  }

  private PlanQueryResponse answer(PlanQueryRequest query) {
    return client().send(Interaction.QUERY, query).answer(PlanQueryResponse.class);
  }

  private static TestMailbox mailbox(TestSystem authority) {
    return new TestMailbox(gateway.client(authority));
  }

  private static List<String> inWords(PlanQueryResponse answer) {
    List<String> words = new ArrayList<>();
    answer
        .getAuthorityRecords()
        .forEach(
            each ->
                each.getRecord()
                    .forEach(
                        record ->
                            words.add(each.getLocalAuthority().getCode() + " " + inWords(record))));
    return words;
  }

  private static String inWords(PlanRecordType record) {
    return record.getNhsNumber() + " " + record.getPlanType().value() + " " + record.getStatus();
  }

  private static DemographicPerson as(
      DemographicPerson person, Status status, Optional<NhsNumber> replacement) {
    return new DemographicPerson(
        person.number(),
        person.familyName(),
        person.givenNames(),
        person.dateOfBirth(),
        status,
        replacement,
        Optional.empty());
  }

  /** The register's file says this of these people, and an operator has it loaded. */
  private static void registerSays(DemographicPerson... people)
      throws IOException, InterruptedException {
    PeopleFile.write(folder.resolve("people.csv"), List.of(people));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(gateway.gateway().operations() + "/register/load"))
                    .header("X-Operator", "tester")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void load(TestSystem system, DemographicPerson person, PlanType type) {
    LocalDate start = LondonDay.of(gateway.clock().instant()).minusDays(10);
    SubmissionAcknowledgementType acknowledged =
        gateway
            .client(system)
            .send(
                Interaction.UPDATE,
                Submissions.update(
                    system, ++sequence, "020 7946 0011", Submissions.record(person, type, start)))
            .answer(SubmissionAcknowledgementType.class);
    assertThat(acknowledged.getFileCode().value()).isEqualTo("CPF02");
  }
}
