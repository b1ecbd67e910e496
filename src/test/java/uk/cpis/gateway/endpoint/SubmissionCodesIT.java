package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.Gateway;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.contract.submission.RecordAcknowledgementType;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.FileCode;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RecordCode;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.ManyChildren;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestSystem;

/**
 * Every code that a submission can be answered with, provoked over the wire. The cases are switches
 * over the codes without a default: a code without a case does not compile.
 */
class SubmissionCodesIT {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final String TELEPHONE = "020 7946 0011";
  private static final int LIMIT = 2 * 1024 * 1024;
  private static final AtomicLong SEQUENCE = new AtomicLong();

  private static final DemographicPerson LUCJA = TestGateway.LUCJA;
  private static final DemographicPerson MERGED =
      standing("9990000042", Status.SUPERSEDED, Optional.of(LUCJA.number()));
  private static final DemographicPerson ADOPTED =
      standing("9990000050", Status.INVALIDATED, Optional.empty());
  private static final DemographicPerson PROTECTED =
      standing("9990000069", Status.SENSITIVE, Optional.empty());
  private static final DemographicPerson UNKNOWN =
      standing("9990000077", Status.CURRENT, Optional.empty());
  private static final List<DemographicPerson> CHILDREN = ManyChildren.of(500);

  /** Registered with a minimum version that its product does not reach. */
  private static final TestSystem OUT_OF_DATE = outOfDate();

  private static Gateway gateway;

  @TempDir private static Path folder;

  private final TestSystem towerHamlets = TestSystem.towerHamlets();
  private final TestClient client = client(towerHamlets);
  private final LocalDate today = LondonDay.of(CLOCK.instant());
  private final LocalDate lastWeek = today.minusDays(7);

  @BeforeAll
  static void open() {
    gateway = gateway(configured(), folder);
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource
  void answersEachDetailCodeWithItsDescription(DetailCode detail) {
    SubmissionAcknowledgementType acknowledged = provoked(detail);

    if (detail.code().startsWith("CPG-1")) {
      assertThat(acknowledged.getDetailCode()).isEqualTo(detail.code());
      assertThat(acknowledged.getDescription()).isEqualTo(detail.description());
      assertThat(acknowledged.getRecord()).isEmpty();
    } else {
      RecordAcknowledgementType last =
          acknowledged.getRecord().get(acknowledged.getRecord().size() - 1);
      assertThat(last.getCode().value()).isEqualTo("CPR07");
      assertThat(last.getDetailCode()).isEqualTo(detail.code());
      assertThat(last.getDescription()).isEqualTo(detail.description());
    }
  }

  private SubmissionAcknowledgementType provoked(DetailCode detail) {
    return switch (detail) {
      case RECORD_COUNT_WRONG -> {
        PlanUpdateRequest request = request(record(PlanType.LOOKED_AFTER));
        request.setRecordCount(2);
        yield send(request);
      }
      case SEQUENCE_NUMBER_REUSED -> {
        PlanUpdateRequest request = request(record(PlanType.LOOKED_AFTER));
        send(request);
        request.getRecord().get(0).setLocalIdentifier("ANOTHER");
        yield send(request);
      }
      case PRODUCT_VERSION_TOO_OLD ->
          client(OUT_OF_DATE)
              .send(
                  Interaction.UPDATE,
                  Submissions.update(OUT_OF_DATE, 1, TELEPHONE, record(PlanType.LOOKED_AFTER)))
              .answer(SubmissionAcknowledgementType.class);
      case PLAN_TYPE_UNKNOWN -> update(record -> record.setPlanType("cpp"));
      case START_DATE_MISSING -> update(record -> record.setStartDate(null));
      case DATE_NOT_READABLE -> update(record -> record.setStartDate("2025-02-29"));
      case FAMILY_NAME_MISSING -> update(record -> record.setFamilyName(" "));
      case GIVEN_NAME_MISSING -> update(record -> record.setGivenName(null));
      case DATE_OF_BIRTH_MISSING -> update(record -> record.setDateOfBirth(""));
      case VALUE_TOO_LONG -> update(record -> record.setFamilyName("ŵ".repeat(201)));
      case START_TOO_FAR_AHEAD -> update(record -> record.setStartDate(day(32)));
      case END_BEFORE_START ->
          update(record -> record.setEndDate(lastWeek.minusDays(1).toString()));
      case END_TOO_FAR_AHEAD -> update(record -> record.setEndDate(day(2)));
      case END_TOO_LONG_AGO ->
          update(
              record -> {
                record.setStartDate(today.minusYears(3).toString());
                record.setEndDate(today.minusYears(2).toString());
              });
      case PERSON_IS_ADULT -> update(of(TestGateway.MOTHER, PlanType.CHILD_PROTECTION));
      case NEWER_SUBMISSION_APPLIED -> {
        long late = SEQUENCE.incrementAndGet();
        update(record(PlanType.UNBORN));
        UpdateRecordType older = record(PlanType.UNBORN);
        older.setStartDate(lastWeek.minusDays(1).toString());
        yield send(Submissions.update(towerHamlets, late, TELEPHONE, older));
      }
      case NUMBER_INVALIDATED -> update(of(ADOPTED, PlanType.CHILD_PROTECTION));
      case REPEATED_IN_SUBMISSION -> {
        UpdateRecordType ended = record(PlanType.LOOKED_AFTER);
        ended.setEndDate(today.toString());
        yield update(record(PlanType.LOOKED_AFTER), ended);
      }
      case NOTHING_TO_DELETE ->
          client
              .send(
                  Interaction.DELETE,
                  Submissions.delete(
                      towerHamlets,
                      SEQUENCE.incrementAndGet(),
                      PlanType.LOOKED_AFTER,
                      TestGateway.SIAN))
              .answer(SubmissionAcknowledgementType.class);
    };
  }

  @ParameterizedTest
  @EnumSource
  void answersEachRecordCode(RecordCode code) {
    UpdateRecordType record =
        switch (code) {
          case CPR01 -> of(UNKNOWN, PlanType.CHILD_PROTECTION);
          case CPR02 -> of(PROTECTED, PlanType.CHILD_PROTECTION);
          case CPR03 -> {
            UpdateRecordType other = of(TestGateway.SIAN, PlanType.CHILD_PROTECTION);
            other.setDateOfBirth("2020-03-01");
            yield other;
          }
          case CPR04 -> {
            UpdateRecordType absent = of(TestGateway.MOTHER, PlanType.UNBORN);
            absent.setNhsNumber(null);
            yield absent;
          }
          case CPR05 -> of(MERGED, PlanType.CHILD_PROTECTION);
          case CPR06 -> of(TestGateway.MOTHER, PlanType.UNBORN);
          case CPR07 -> of(TestGateway.MOTHER, PlanType.LOOKED_AFTER);
        };

    RecordAcknowledgementType answered = update(record).getRecord().get(0);

    assertThat(answered.getCode().value()).isEqualTo(code.name());
    assertThat(answered.getLocalIdentifier()).isEqualTo(record.getLocalIdentifier());
    assertThat(answered.getReplacementNhsNumber())
        .isEqualTo(code == RecordCode.CPR05 ? LUCJA.number().digits() : null);
  }

  @ParameterizedTest
  @EnumSource
  void answersEachFileCode(FileCode code, @TempDir Path other) {
    UpdateRecordType good = record(PlanType.LOOKED_AFTER);
    UpdateRecordType bad = of(UNKNOWN, PlanType.CHILD_PROTECTION);
    SubmissionAcknowledgementType acknowledged =
        switch (code) {
          case CPF01 -> provoked(DetailCode.RECORD_COUNT_WRONG);
          case CPF02 -> update(good);
          case CPF03 -> update(good, bad);
          case CPF04 -> update(bad);
          case CPF05 -> {
            try (Gateway unreached = gateway(configured().withoutRegister(), other)) {
              yield new TestClient(unreached.addresses().get(0), towerHamlets, CLOCK)
                  .send(Interaction.UPDATE, request(good))
                  .answer(SubmissionAcknowledgementType.class);
            }
          }
          case CPF06 -> provoked(DetailCode.PRODUCT_VERSION_TOO_OLD);
        };

    assertThat(acknowledged.getFileCode().value()).isEqualTo(code.name());
  }

  @Test
  void whatCouldNotBeLookedUpIsTakenLaterUnderTheSameMessageIdAndNumber(@TempDir Path other) {
    PlanUpdateRequest request = request(record(PlanType.LOOKED_AFTER));
    TestMessage message;
    try (Gateway unreached = gateway(configured().withoutRegister(), other)) {
      TestClient first = new TestClient(unreached.addresses().get(0), towerHamlets, CLOCK);
      message = first.message(Interaction.UPDATE, request);
      assertThat(fileCode(first, message)).isEqualTo("CPF05");
    }
    try (Gateway reached = gateway(configured(), other)) {
      TestClient again = new TestClient(reached.addresses().get(0), towerHamlets, CLOCK);
      TestMessage same = again.message(Interaction.UPDATE, request).withId(message.id());
      assertThat(fileCode(again, same)).isEqualTo("CPF02");
    }
  }

  @Test
  void oneBadRecordAmongFiveHundredLoadsTheOtherFourHundredAndNinetyNine() {
    UpdateRecordType[] records =
        ManyChildren.records(CHILDREN, lastWeek).toArray(UpdateRecordType[]::new);
    records[250].setNhsNumber("nonsense");

    SubmissionAcknowledgementType acknowledged = update(records);

    assertThat(acknowledged.getFileCode().value()).isEqualTo("CPF03");
    assertThat(acknowledged.getRecord()).hasSize(500);
    assertThat(acknowledged.getRecord().get(250).getCode().value()).isEqualTo("CPR04");
    assertThat(acknowledged.getRecord())
        .filteredOn(record -> record.getCode().value().equals("CPR06"))
        .hasSize(499);
  }

  @Test
  void everyMalformedValueCostsItsOwnRecordAndNoOther() {
    Map<Consumer<UpdateRecordType>, String> malformed = malformed();
    UpdateRecordType[] records =
        malformed.keySet().stream()
            .map(
                change -> {
                  UpdateRecordType record = record(PlanType.CHILD_PROTECTION);
                  change.accept(record);
                  return record;
                })
            .toArray(UpdateRecordType[]::new);

    SubmissionAcknowledgementType acknowledged =
        update(append(records, record(PlanType.CHILD_PROTECTION)));

    List<String> codes =
        acknowledged.getRecord().stream()
            .map(
                each ->
                    each.getDetailCode() == null ? each.getCode().value() : each.getDetailCode())
            .toList();
    assertThat(codes.subList(0, malformed.size())).containsExactlyElementsOf(malformed.values());
    assertThat(codes.get(malformed.size())).isEqualTo("CPR06");
    assertThat(acknowledged.getFileCode().value()).isEqualTo("CPF03");
  }

  private static Map<Consumer<UpdateRecordType>, String> malformed() {
    Map<Consumer<UpdateRecordType>, String> cases = new LinkedHashMap<>();
    number(cases, null, "", " ", "9990000019", "999 000 0018", " 9990000018", "99900000180");
    number(cases, "９９９００００018", "x".repeat(1_000), "999000001O");
    for (String type : Arrays.asList(null, "", "cpp", "CPPX", "ＣＰＰ", "x".repeat(1_000))) {
      cases.put(record -> record.setPlanType(type), "CPG-201");
    }
    for (String absent : Arrays.asList(null, "", "   ")) {
      cases.put(record -> record.setStartDate(absent), "CPG-202");
      cases.put(record -> record.setFamilyName(absent), "CPG-204");
      cases.put(record -> record.setGivenName(absent), "CPG-205");
      cases.put(record -> record.setDateOfBirth(absent), "CPG-206");
    }
    for (String date :
        List.of("31.01.2025", "2025-02-29", "2025-1-1", "２０25-01-01", "x".repeat(1_000))) {
      cases.put(record -> record.setStartDate(date), "CPG-203");
      cases.put(record -> record.setEndDate(date), "CPG-203");
      cases.put(record -> record.setDateOfBirth(date), "CPG-203");
    }
    cases.put(record -> record.setFamilyName("ŵ".repeat(201)), "CPG-207");
    cases.put(record -> record.setGivenName("x".repeat(1_000)), "CPG-207");
    cases.put(record -> record.setLocalIdentifier("x".repeat(101)), "CPG-207");
    return cases;
  }

  private static void number(Map<Consumer<UpdateRecordType>, String> cases, String... values) {
    for (String value : values) {
      cases.put(record -> record.setNhsNumber(value), "CPR04");
    }
  }

  @Test
  void theSchemaRefusesASubmissionWithoutRecordsOrWithMoreThanAThousand() {
    List<DemographicPerson> children = ManyChildren.of(1_001);
    UpdateRecordType[] tooMany =
        ManyChildren.records(children, lastWeek).toArray(UpdateRecordType[]::new);

    assertThat(client.send(Interaction.UPDATE, request()).fault().codes())
        .containsExactly("201", "CPG-701");
    assertThat(client.send(Interaction.UPDATE, request(tooMany)).fault().codes())
        .containsExactly("201", "CPG-701");
  }

  @Test
  void takesASubmissionOfTwoMegabytesAndNotAByteMore() {
    UpdateRecordType record = record(PlanType.UNBORN);
    record.setNhsNumber("nonsense");
    PlanUpdateRequest request = request(record);
    TestMessage message = client.message(Interaction.UPDATE, request);
    byte[] small = message.signed(towerHamlets.signingKeys(), CLOCK);
    byte[] full = Arrays.copyOf(small, LIMIT);
    Arrays.fill(full, small.length, LIMIT, (byte) ' ');
    byte[] beyond = Arrays.copyOf(full, LIMIT + 1);
    beyond[LIMIT] = ' ';

    assertThat(client.send(message, beyond).status()).isEqualTo(413);
    assertThat(client.send(message, full).status()).isEqualTo(200);
  }

  @Test
  void anOperatorHasASequenceBeginAnew() throws IOException, InterruptedException {
    TestClient hackney = client(TestSystem.hackney());
    PlanUpdateRequest first = hackneys(57, PlanType.LOOKED_AFTER);
    PlanUpdateRequest again = hackneys(57, PlanType.CHILD_PROTECTION);
    hackney.send(Interaction.UPDATE, first);
    assertThat(fileCode(hackney, hackney.message(Interaction.UPDATE, again))).isEqualTo("CPF01");

    assertThat(reset("HCK")).contains("\"lastNumber\" : 57");

    assertThat(fileCode(hackney, hackney.message(Interaction.UPDATE, again))).isEqualTo("CPF02");
  }

  private static String reset(String authority) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.operations().resolve("/sequences/" + authority + "/reset"))
            .header("X-Operator", "a.operator")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private PlanUpdateRequest hackneys(long number, PlanType type) {
    return Submissions.update(TestSystem.hackney(), number, TELEPHONE, of(LUCJA, type));
  }

  private SubmissionAcknowledgementType update(Consumer<UpdateRecordType> change) {
    UpdateRecordType record = record(PlanType.CHILD_PROTECTION);
    change.accept(record);
    return update(record);
  }

  private SubmissionAcknowledgementType update(UpdateRecordType... records) {
    return send(request(records));
  }

  private PlanUpdateRequest request(UpdateRecordType... records) {
    return Submissions.update(towerHamlets, SEQUENCE.incrementAndGet(), TELEPHONE, records);
  }

  private SubmissionAcknowledgementType send(PlanUpdateRequest request) {
    return client.send(Interaction.UPDATE, request).answer(SubmissionAcknowledgementType.class);
  }

  private static String fileCode(TestClient client, TestMessage message) {
    return client.send(message).answer(SubmissionAcknowledgementType.class).getFileCode().value();
  }

  private UpdateRecordType record(PlanType type) {
    return of(LUCJA, type);
  }

  private UpdateRecordType of(DemographicPerson person, PlanType type) {
    return Submissions.record(person, type, lastWeek);
  }

  private String day(int ahead) {
    return today.plusDays(ahead).toString();
  }

  private static UpdateRecordType[] append(UpdateRecordType[] records, UpdateRecordType last) {
    return Stream.concat(Stream.of(records), Stream.of(last)).toArray(UpdateRecordType[]::new);
  }

  private static TestClient client(TestSystem system) {
    return new TestClient(gateway.addresses().get(0), system, CLOCK);
  }

  private static Gateway gateway(GatewayFolder configured, Path folder) {
    return Gateway.open(Configuration.read(configured.write(folder), Map.of()).settings(), CLOCK);
  }

  private static GatewayFolder configured() {
    return new GatewayFolder(
        List.of(TestSystem.towerHamlets(), TestSystem.hackney(), OUT_OF_DATE),
        Stream.concat(
                Stream.of(LUCJA, TestGateway.SIAN, TestGateway.MOTHER, MERGED, ADOPTED, PROTECTED),
                CHILDREN.stream())
            .toList(),
        Map.of());
  }

  private static DemographicPerson standing(
      String number, Status status, Optional<NhsNumber> replacement) {
    return new DemographicPerson(
        new NhsNumber(number),
        LUCJA.familyName(),
        LUCJA.givenNames(),
        LUCJA.dateOfBirth(),
        status,
        replacement,
        Optional.empty());
  }

  private static TestSystem outOfDate() {
    TestSystem birmingham = TestSystem.authority("BIR", "200000000203");
    AccreditedSystem system = birmingham.system();
    return new TestSystem(
        new AccreditedSystem(
            system.asid(),
            system.name(),
            system.localAuthority(),
            system.organisations(),
            system.interactions(),
            system.activityCodes(),
            system.defaultSetting(),
            Optional.of("2.0"),
            system.signatureKind()),
        birmingham.tls(),
        birmingham.signing());
  }
}
