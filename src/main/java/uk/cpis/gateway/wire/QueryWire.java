package uk.cpis.gateway.wire;

import java.time.LocalDate;
import java.util.Optional;
import uk.cpis.gateway.contract.query.AuthorType;
import uk.cpis.gateway.contract.query.AuthorityRecordsType;
import uk.cpis.gateway.contract.query.DeviceAuthorType;
import uk.cpis.gateway.contract.query.PersonAuthorType;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.query.PlanRecordType;
import uk.cpis.gateway.contract.types.CareSettingCode;
import uk.cpis.gateway.contract.types.PlanStatusCode;
import uk.cpis.gateway.contract.types.PlanTypeCode;
import uk.cpis.gateway.contract.types.SearchOutcomeCode;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.AuthorityPlans;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Telephone;

/** The query by NHS number and its answer (rules 1 to 7). */
public final class QueryWire {

  private QueryWire() {}

  /** What a schema-valid query asks; refused when rule 1 or 2 makes it no query at all. */
  public static Reading<PlanQuery> read(
      PlanQueryRequest request, MessageId messageId, ContentDigest digest) {
    Optional<Author> author = author(request.getAuthor());
    if (author.isEmpty()) {
      return new Reading.Refused<>(RejectionReason.AUTHOR_NOT_EXACTLY_ONE);
    }
    Optional<NhsNumber> person = NhsNumber.of(request.getNhsNumber());
    if (person.isEmpty()) {
      return new Reading.Refused<>(RejectionReason.NHS_NUMBER_NOT_VALID);
    }
    return new Reading.Read<>(
        new PlanQuery(
            messageId,
            digest,
            person.get(),
            author.get(),
            ActivityCode.valueOf(request.getActivityCode().value()),
            Optional.ofNullable(request.getCareSetting()).map(QueryWire::setting)));
  }

  /** The answer; without any record it says so, which is no fault (rule 5). */
  public static PlanQueryResponse write(
      PlanQuery query, QueryOutcome.Answered answer, Parties parties) {
    PlanQueryResponse response = new PlanQueryResponse();
    response.setSystems(parties.write());
    response.setAnsweredAt(Times.time(answer.at()));
    response.setNhsNumber(query.person().digits());
    response.setOutcome(
        answer.found() ? SearchOutcomeCode.RECORDS_FOUND : SearchOutcomeCode.NO_RECORDS_FOUND);
    LocalDate today = LondonDay.of(answer.at());
    answer
        .authorities()
        .forEach(authority -> response.getAuthorityRecords().add(records(authority, today)));
    answer.history().forEach(access -> response.getAccess().add(People.write(access)));
    return response;
  }

  private static Optional<Author> author(AuthorType author) {
    PersonAuthorType person = author.getPerson();
    DeviceAuthorType device = author.getDevice();
    if ((person == null) == (device == null)) {
      return Optional.empty();
    }
    return Optional.of(person != null ? person(person) : device(device));
  }

  private static Author person(PersonAuthorType person) {
    return new Author.Person(
        person.getUserId(),
        Optional.ofNullable(person.getRoleProfileId()),
        People.read(person.getJobRole()),
        People.read(person.getName()),
        People.read(person.getOrganisation()),
        Optional.ofNullable(person.getContactTelephone()).map(Telephone::new));
  }

  private static Author device(DeviceAuthorType device) {
    return new Author.Device(
        new Asid(device.getAsid()),
        People.read(device.getOrganisation()),
        People.read(device.getResponsiblePerson()),
        People.read(device.getJobRole()),
        Optional.ofNullable(device.getContactTelephone()).map(Telephone::new));
  }

  private static CareSetting setting(CareSettingCode code) {
    return CareSetting.ofCode(code.value())
        .orElseThrow(() -> new IllegalStateException("the contract has a setting unknown here"));
  }

  private static AuthorityRecordsType records(AuthorityPlans plans, LocalDate today) {
    AuthorityRecordsType records = new AuthorityRecordsType();
    records.setLocalAuthority(People.write(plans.authority()));
    plans.plans().forEach(plan -> records.getRecord().add(record(plan, today)));
    return records;
  }

  private static PlanRecordType record(Plan plan, LocalDate today) {
    PlanRecordType record = new PlanRecordType();
    record.setNhsNumber(plan.key().person().digits());
    record.setPlanType(PlanTypeCode.fromValue(plan.key().type().code()));
    record.setStartDate(Times.date(plan.period().start()));
    plan.period().end().map(Times::date).ifPresent(record::setEndDate);
    record.setStatus(plan.activeOn(today) ? PlanStatusCode.ACTIVE : PlanStatusCode.ENDED);
    return record;
  }
}
