package uk.cpis.gateway.testing;

import uk.cpis.gateway.contract.query.ActivityRightCode;
import uk.cpis.gateway.contract.query.AuthorType;
import uk.cpis.gateway.contract.query.PersonAuthorType;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.contract.types.CareSettingCode;
import uk.cpis.gateway.contract.types.JobRoleType;
import uk.cpis.gateway.contract.types.OrganisationType;
import uk.cpis.gateway.contract.types.StaffNameType;
import uk.cpis.gateway.contract.types.SystemsType;
import uk.cpis.gateway.domain.Asid;

/** Named queries. */
public final class Queries {

  private Queries() {}

  /** A consultant of the system's first organisation asks for this person. */
  public static PlanQueryRequest of(TestSystem system, String nhsNumber) {
    PlanQueryRequest query = new PlanQueryRequest();
    query.setSystems(systems(system.asid(), TestSystem.GATEWAY));
    query.setAuthor(new AuthorType());
    query.getAuthor().setPerson(consultant(system));
    query.setActivityCode(ActivityRightCode.B_0107);
    query.setCareSetting(CareSettingCode.EMERGENCY_DEPARTMENT);
    query.setNhsNumber(nhsNumber);
    return query;
  }

  /** From whom to whom. */
  public static SystemsType systems(Asid sender, Asid receiver) {
    SystemsType systems = new SystemsType();
    systems.setSenderAsid(sender.digits());
    systems.setReceiverAsid(receiver.digits());
    return systems;
  }

  private static PersonAuthorType consultant(TestSystem system) {
    StaffNameType name = new StaffNameType();
    name.setTitle("Dr");
    name.setGivenName("Siân");
    name.setFamilyName("Ó Briain-Example");
    JobRoleType role = new JobRoleType();
    role.setCode("R0260");
    role.setName("Consultant");
    OrganisationType organisation = new OrganisationType();
    organisation.setCode(system.system().organisations().iterator().next().value());
    organisation.setName("Homerton Example Hospital");
    PersonAuthorType person = new PersonAuthorType();
    person.setUserId("555012345678");
    person.setName(name);
    person.setJobRole(role);
    person.setOrganisation(organisation);
    person.setContactTelephone("020 7946 0100");
    return person;
  }
}
