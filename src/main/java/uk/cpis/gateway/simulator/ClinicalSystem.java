package uk.cpis.gateway.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import uk.cpis.gateway.contract.query.ActivityRightCode;
import uk.cpis.gateway.contract.query.AuthorType;
import uk.cpis.gateway.contract.query.PersonAuthorType;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.types.CareSettingCode;
import uk.cpis.gateway.contract.types.JobRoleType;
import uk.cpis.gateway.contract.types.OrganisationType;
import uk.cpis.gateway.contract.types.StaffNameType;
import uk.cpis.gateway.contract.types.SystemsType;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Telephone;
import uk.cpis.gateway.outbound.ContractXml;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.security.Operation;

/** A hospital's system: asks the gateway for a person's plans. Safe to share between threads. */
public final class ClinicalSystem implements AutoCloseable {
  private static final ContractXml CONTRACT = ContractXml.of("query");
  private static final String NAMESPACE = "urn:nhs-cpis:gateway:query:v1";
  private static final Operation QUERY = Operation.of(NAMESPACE, Interaction.QUERY.action());

  private final Asid asid;
  private final PartnerWorld world;
  private final URI gateway;
  private final GatewayLine line;

  /**
   * A system with these keys.
   *
   * @param name under which its messages are kept
   */
  public ClinicalSystem(
      String name,
      Asid asid,
      KeyMaterial tls,
      KeyMaterial signing,
      PartnerWorld world,
      URI gateway) {
    this.asid = asid;
    this.world = world;
    this.gateway = gateway;
    this.line = new GatewayLine(name, tls, signing, world);
  }

  /** What a clinician asks. */
  public record Question(
      NhsNumber person,
      Clinician clinician,
      ActivityCode activityCode,
      Optional<CareSetting> setting) {}

  public GatewayReply<PlanQueryResponse> ask(Question question) {
    return line.send(gateway, QUERY, CONTRACT, request(question), PlanQueryResponse.class);
  }

  /** The signed message that would ask this now, with an id of its own and this long to live. */
  public byte[] signed(Question question, Duration life) {
    return line.signed(gateway, QUERY, CONTRACT.envelope(request(question)), life);
  }

  private PlanQueryRequest request(Question question) {
    SystemsType systems = new SystemsType();
    systems.setSenderAsid(asid.digits());
    systems.setReceiverAsid(world.gateway().asid().digits());
    AuthorType author = new AuthorType();
    author.setPerson(person(question.clinician()));
    PlanQueryRequest request = new PlanQueryRequest();
    request.setSystems(systems);
    request.setAuthor(author);
    request.setActivityCode(ActivityRightCode.fromValue(question.activityCode().name()));
    question
        .setting()
        .map(CareSetting::code)
        .map(CareSettingCode::fromValue)
        .ifPresent(request::setCareSetting);
    request.setNhsNumber(question.person().digits());
    return request;
  }

  private static PersonAuthorType person(Clinician clinician) {
    StaffNameType name = new StaffNameType();
    clinician.name().title().ifPresent(name::setTitle);
    clinician.name().given().ifPresent(name::setGivenName);
    name.setFamilyName(clinician.name().family());
    JobRoleType role = new JobRoleType();
    role.setCode(clinician.jobRole().code());
    role.setName(clinician.jobRole().name());
    OrganisationType organisation = new OrganisationType();
    organisation.setCode(clinician.organisation().code().value());
    organisation.setName(clinician.organisation().name());
    PersonAuthorType person = new PersonAuthorType();
    person.setUserId(clinician.userId());
    person.setName(name);
    person.setJobRole(role);
    person.setOrganisation(organisation);
    clinician.telephone().map(Telephone::number).ifPresent(person::setContactTelephone);
    return person;
  }

  @Override
  public void close() {
    line.close();
  }
}
