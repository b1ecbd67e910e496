package uk.cpis.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.contract.query.ActivityRightCode;
import uk.cpis.gateway.contract.query.AuthorType;
import uk.cpis.gateway.contract.query.DeviceAuthorType;
import uk.cpis.gateway.contract.query.PersonAuthorType;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.types.CareSettingCode;
import uk.cpis.gateway.contract.types.JobRoleType;
import uk.cpis.gateway.contract.types.OrganisationType;
import uk.cpis.gateway.contract.types.PlanStatusCode;
import uk.cpis.gateway.contract.types.SearchOutcomeCode;
import uk.cpis.gateway.contract.types.StaffNameType;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.AuthorityPlans;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanKey;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.ShownAccess;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.SubmissionReference;
import uk.cpis.gateway.domain.Telephone;

class QueryWireTest {

  private static final MessageId MESSAGE = new MessageId(new UUID(1, 2));
  private static final ContentDigest DIGEST = new ContentDigest("ab".repeat(32));
  private static final Parties ANSWERING =
      new Parties(new Asid("200000000001"), new Asid("200000000002"));

  @Test
  void readsWhoAsksForWhom() {
    PlanQueryRequest request = request("9990000018");
    request.getAuthor().setPerson(person());
    request.setCareSetting(CareSettingCode.EMERGENCY_DEPARTMENT);

    PlanQuery query = read(request);

    assertThat(query.person()).isEqualTo(new NhsNumber("9990000018"));
    assertThat(query.author().shownName()).isEqualTo("Dr Siân Łucja");
    assertThat(query.author().organisation().code()).isEqualTo(new OdsCode("RQX01"));
    assertThat(query.activityCode()).isEqualTo(ActivityCode.B0107);
    assertThat(query.setting()).contains(CareSetting.EMERGENCY_DEPARTMENT);
  }

  @Test
  void readsADevice() {
    PlanQueryRequest request = request("9990000018");
    request.getAuthor().setDevice(device());

    assertThat(read(request).author()).isInstanceOf(Author.Device.class);
  }

  @Test
  void knowsEverySettingOfTheContract() {
    for (CareSettingCode code : CareSettingCode.values()) {
      PlanQueryRequest request = request("9990000018");
      request.getAuthor().setPerson(person());
      request.setCareSetting(code);

      assertThat(read(request).setting().map(CareSetting::code)).contains(code.value());
    }
  }

  @Test
  void refusesAnAuthorThatIsNeitherPersonNorDevice() {
    assertThat(QueryWire.read(request("9990000018"), MESSAGE, DIGEST))
        .isEqualTo(new Reading.Refused<>(RejectionReason.AUTHOR_NOT_EXACTLY_ONE));
  }

  @Test
  void refusesAnAuthorThatIsBoth() {
    PlanQueryRequest request = request("9990000018");
    request.getAuthor().setPerson(person());
    request.getAuthor().setDevice(device());

    assertThat(QueryWire.read(request, MESSAGE, DIGEST))
        .isEqualTo(new Reading.Refused<>(RejectionReason.AUTHOR_NOT_EXACTLY_ONE));
  }

  @Test
  void refusesANumberWithAWrongCheckDigit() {
    PlanQueryRequest request = request("9990000019");
    request.getAuthor().setPerson(person());

    assertThat(QueryWire.read(request, MESSAGE, DIGEST))
        .isEqualTo(new Reading.Refused<>(RejectionReason.NHS_NUMBER_NOT_VALID));
  }

  @Test
  void writesRecordsWithContactsAndHistory() {
    PlanQueryResponse response = QueryWire.write(query(), answer(), ANSWERING);

    assertThat(response.getOutcome()).isEqualTo(SearchOutcomeCode.RECORDS_FOUND);
    assertThat(response.getAuthorityRecords().get(0).getRecord().get(0).getStatus())
        .isEqualTo(PlanStatusCode.ENDED);
    assertThat(Contract.xml(response, "query.xsd"))
        .contains("2026-11-21T09:30:00.005Z")
        .contains("2026-11-20T00:00:00.000Z")
        .contains("<ns2:endDate>2026-11-20</ns2:endDate>", "020 7946 0001", "Ó Briain");
  }

  @Test
  void saysSoWhenNothingIsHeld() {
    QueryOutcome.Answered nothing =
        new QueryOutcome.Answered(Instant.parse("2026-11-21T09:30:00Z"), List.of(), List.of());

    PlanQueryResponse response = QueryWire.write(query(), nothing, ANSWERING);

    assertThat(response.getOutcome()).isEqualTo(SearchOutcomeCode.NO_RECORDS_FOUND);
    assertThat(Contract.xml(response, "query.xsd")).contains("no-records-found");
  }

  private static PlanQuery read(PlanQueryRequest request) {
    assertThat(QueryWire.read(request, MESSAGE, DIGEST)).isInstanceOf(Reading.Read.class);
    return ((Reading.Read<PlanQuery>) QueryWire.read(request, MESSAGE, DIGEST)).value();
  }

  private static PlanQuery query() {
    PlanQueryRequest request = request("9990000018");
    request.getAuthor().setPerson(person());
    return read(request);
  }

  private static QueryOutcome.Answered answer() {
    OdsCode code = new OdsCode("TWH");
    Plan plan =
        new Plan(
            new PlanKey(code, new NhsNumber("9990000018"), PlanType.LOOKED_AFTER),
            new PlanPeriod(LocalDate.of(2026, 1, 5), Optional.of(LocalDate.of(2026, 11, 20))),
            new Subject("Ó Briain", "Synthetic", LocalDate.of(2018, 4, 1)),
            Optional.empty(),
            new SubmissionReference(MESSAGE, 1));
    LocalAuthority authority =
        new LocalAuthority(
            code,
            "Tower Hamlets",
            "London",
            new Contacts(new Telephone("020 7946 0001"), Optional.empty()));
    ShownAccess access =
        new ShownAccess(
            Instant.parse("2026-11-20T00:00:00Z"),
            "Dr Ó Briain",
            new JobRole("R0260", "Consultant"),
            new Organisation(new OdsCode("RQX01"), "Homerton"));
    return new QueryOutcome.Answered(
        Instant.parse("2026-11-21T09:30:00.005Z"),
        List.of(new AuthorityPlans(authority, List.of(plan))),
        List.of(access));
  }

  private static PlanQueryRequest request(String number) {
    PlanQueryRequest request = new PlanQueryRequest();
    request.setAuthor(new AuthorType());
    request.setActivityCode(ActivityRightCode.B_0107);
    request.setNhsNumber(number);
    return request;
  }

  private static PersonAuthorType person() {
    PersonAuthorType person = new PersonAuthorType();
    person.setUserId("555012345678");
    person.setName(name());
    person.setJobRole(jobRole());
    person.setOrganisation(organisation());
    return person;
  }

  private static DeviceAuthorType device() {
    DeviceAuthorType device = new DeviceAuthorType();
    device.setAsid("200000000002");
    device.setResponsiblePerson(name());
    device.setJobRole(jobRole());
    device.setOrganisation(organisation());
    return device;
  }

  private static StaffNameType name() {
    StaffNameType name = new StaffNameType();
    name.setTitle("Dr");
    name.setGivenName("Siân");
    name.setFamilyName("Łucja");
    return name;
  }

  private static JobRoleType jobRole() {
    JobRoleType role = new JobRoleType();
    role.setCode("R0260");
    role.setName("Consultant");
    return role;
  }

  private static OrganisationType organisation() {
    OrganisationType organisation = new OrganisationType();
    organisation.setCode("RQX01");
    organisation.setName("Homerton");
    return organisation;
  }
}
