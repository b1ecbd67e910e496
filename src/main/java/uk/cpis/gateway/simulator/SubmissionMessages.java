package uk.cpis.gateway.simulator;

import java.time.LocalDate;
import java.util.List;
import uk.cpis.gateway.contract.submission.DeleteRecordType;
import uk.cpis.gateway.contract.submission.HoldingsRequest;
import uk.cpis.gateway.contract.submission.PlanDeleteRequest;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.contract.submission.ProductType;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.contract.types.ContactsType;
import uk.cpis.gateway.contract.types.LocalAuthorityType;
import uk.cpis.gateway.contract.types.SystemsType;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.Telephone;

/** Writes an authority's plans into the messages of the submission service. */
final class SubmissionMessages {
  private static final String PRODUCT = "Simulated Social Care";
  private static final String VERSION = "1.0";

  private final AuthoritySystem system;
  private final Asid gateway;

  SubmissionMessages(AuthoritySystem system, Asid gateway) {
    this.system = system;
    this.gateway = gateway;
  }

  PlanUpdateRequest update(List<SyntheticPlan> plans, long sequenceNumber) {
    PlanUpdateRequest request = new PlanUpdateRequest();
    request.setSystems(systems());
    request.setLocalAuthority(localAuthority());
    request.setSequenceNumber(sequenceNumber);
    request.setProduct(product());
    request.setRecordCount(plans.size());
    plans.stream().map(SubmissionMessages::updated).forEach(request.getRecord()::add);
    return request;
  }

  PlanDeleteRequest delete(List<SyntheticPlan> plans, long sequenceNumber) {
    PlanDeleteRequest request = new PlanDeleteRequest();
    request.setSystems(systems());
    request.setLocalAuthorityCode(system.authority().code().value());
    request.setSequenceNumber(sequenceNumber);
    request.setProduct(product());
    request.setRecordCount(plans.size());
    plans.stream().map(SubmissionMessages::deleted).forEach(request.getRecord()::add);
    return request;
  }

  HoldingsRequest holdings(int pageSize) {
    HoldingsRequest request = new HoldingsRequest();
    request.setSystems(systems());
    request.setLocalAuthorityCode(system.authority().code().value());
    request.setPageSize(pageSize);
    return request;
  }

  private static UpdateRecordType updated(SyntheticPlan plan) {
    UpdateRecordType record = new UpdateRecordType();
    record.setLocalIdentifier(plan.localIdentifier());
    record.setNhsNumber(plan.person().number().digits());
    record.setFamilyName(plan.person().familyName());
    record.setGivenName(String.join(" ", plan.person().givenNames()));
    record.setDateOfBirth(plan.person().dateOfBirth().toString());
    record.setPlanType(plan.type().code());
    record.setStartDate(plan.period().start().toString());
    plan.period().end().map(LocalDate::toString).ifPresent(record::setEndDate);
    return record;
  }

  private static DeleteRecordType deleted(SyntheticPlan plan) {
    DeleteRecordType record = new DeleteRecordType();
    record.setLocalIdentifier(plan.localIdentifier());
    record.setNhsNumber(plan.person().number().digits());
    record.setPlanType(plan.type().code());
    return record;
  }

  private SystemsType systems() {
    SystemsType systems = new SystemsType();
    systems.setSenderAsid(system.asid().digits());
    systems.setReceiverAsid(gateway.digits());
    return systems;
  }

  private LocalAuthorityType localAuthority() {
    LocalAuthority authority = system.authority();
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

  private static ProductType product() {
    ProductType product = new ProductType();
    product.setName(PRODUCT);
    product.setVersion(VERSION);
    return product;
  }
}
