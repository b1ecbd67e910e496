package uk.cpis.gateway.wire;

import java.util.Optional;
import uk.cpis.gateway.contract.types.ContactsType;
import uk.cpis.gateway.contract.types.JobRoleType;
import uk.cpis.gateway.contract.types.LocalAuthorityType;
import uk.cpis.gateway.contract.types.OrganisationType;
import uk.cpis.gateway.contract.types.ShownAccessType;
import uk.cpis.gateway.contract.types.StaffNameType;
import uk.cpis.gateway.contract.types.SubjectType;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.ShownAccess;
import uk.cpis.gateway.domain.StaffName;
import uk.cpis.gateway.domain.Subject;
import uk.cpis.gateway.domain.Telephone;

/** The people and organisations that several interactions name. */
final class People {

  private People() {}

  static Organisation read(OrganisationType organisation) {
    return new Organisation(new OdsCode(organisation.getCode()), organisation.getName());
  }

  static JobRole read(JobRoleType role) {
    return new JobRole(role.getCode(), role.getName());
  }

  static StaffName read(StaffNameType name) {
    return new StaffName(
        Optional.ofNullable(name.getTitle()),
        Optional.ofNullable(name.getGivenName()),
        name.getFamilyName());
  }

  static Contacts read(ContactsType contacts) {
    return new Contacts(
        new Telephone(contacts.getEmergencyDutyTelephone()),
        Optional.ofNullable(contacts.getOfficeHoursTelephone()).map(Telephone::new));
  }

  static OrganisationType write(Organisation organisation) {
    OrganisationType written = new OrganisationType();
    written.setCode(organisation.code().value());
    written.setName(organisation.name());
    return written;
  }

  static JobRoleType write(JobRole role) {
    JobRoleType written = new JobRoleType();
    written.setCode(role.code());
    written.setName(role.name());
    return written;
  }

  static LocalAuthorityType write(LocalAuthority authority) {
    ContactsType contacts = new ContactsType();
    contacts.setEmergencyDutyTelephone(authority.contacts().emergencyDutyTeam().number());
    authority
        .contacts()
        .officeHours()
        .map(Telephone::number)
        .ifPresent(contacts::setOfficeHoursTelephone);
    LocalAuthorityType written = new LocalAuthorityType();
    written.setCode(authority.code().value());
    written.setName(authority.name());
    written.setContacts(contacts);
    return written;
  }

  static SubjectType write(NhsNumber number, Subject subject) {
    SubjectType written = new SubjectType();
    written.setNhsNumber(number.digits());
    written.setFamilyName(subject.familyName());
    written.setGivenName(subject.givenName());
    written.setDateOfBirth(Times.date(subject.dateOfBirth()));
    return written;
  }

  static ShownAccessType write(ShownAccess access) {
    ShownAccessType written = new ShownAccessType();
    written.setAccessedAt(Times.time(access.at()));
    written.setUserName(access.userName());
    written.setJobRole(write(access.jobRole()));
    written.setOrganisation(write(access.organisation()));
    return written;
  }
}
