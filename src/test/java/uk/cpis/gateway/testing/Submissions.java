package uk.cpis.gateway.testing;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import uk.cpis.gateway.contract.submission.DeleteRecordType;
import uk.cpis.gateway.contract.submission.PlanDeleteRequest;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.contract.submission.ProductType;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.contract.types.ContactsType;
import uk.cpis.gateway.contract.types.LocalAuthorityType;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.PlanType;

/** Named submissions. */
public final class Submissions {

  private Submissions() {}

  /** An update of these records, whose duty team has this telephone. */
  public static PlanUpdateRequest update(
      TestSystem system, long sequenceNumber, String telephone, UpdateRecordType... records) {
    ContactsType contacts = new ContactsType();
    contacts.setEmergencyDutyTelephone(telephone);
    LocalAuthorityType authority = new LocalAuthorityType();
    authority.setCode(authorityCode(system));
    authority.setName("Authority " + authorityCode(system));
    authority.setContacts(contacts);
    PlanUpdateRequest update = new PlanUpdateRequest();
    update.setSystems(Queries.systems(system.asid(), TestSystem.GATEWAY));
    update.setLocalAuthority(authority);
    update.setSequenceNumber(sequenceNumber);
    update.setProduct(product());
    update.setRecordCount(records.length);
    update.getRecord().addAll(List.of(records));
    return update;
  }

  /** The removal of these people's records of one type. */
  public static PlanDeleteRequest delete(
      TestSystem system, long sequenceNumber, PlanType type, DemographicPerson... people) {
    PlanDeleteRequest deletion = new PlanDeleteRequest();
    deletion.setSystems(Queries.systems(system.asid(), TestSystem.GATEWAY));
    deletion.setLocalAuthorityCode(authorityCode(system));
    deletion.setSequenceNumber(sequenceNumber);
    deletion.setProduct(product());
    deletion.setRecordCount(people.length);
    Stream.of(people).map(person -> deleted(person, type)).forEach(deletion.getRecord()::add);
    return deletion;
  }

  /** A record that demographics agree with. */
  public static UpdateRecordType record(DemographicPerson person, PlanType type, LocalDate start) {
    UpdateRecordType record = new UpdateRecordType();
    record.setLocalIdentifier("LOCAL-" + type.code());
    record.setNhsNumber(person.number().digits());
    record.setFamilyName(person.familyName());
    record.setGivenName(String.join(" ", person.givenNames()));
    record.setDateOfBirth(person.dateOfBirth().toString());
    record.setPlanType(type.code());
    record.setStartDate(start.toString());
    return record;
  }

  public static String authorityCode(TestSystem system) {
    return system.system().localAuthority().orElseThrow().value();
  }

  private static DeleteRecordType deleted(DemographicPerson person, PlanType type) {
    DeleteRecordType record = new DeleteRecordType();
    record.setNhsNumber(person.number().digits());
    record.setPlanType(type.code());
    return record;
  }

  private static ProductType product() {
    ProductType product = new ProductType();
    product.setName("Synthetic Social Care");
    product.setVersion("1.0");
    return product;
  }
}
