package uk.cpis.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.contract.submission.ProductType;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.contract.types.ContactsType;
import uk.cpis.gateway.contract.types.LocalAuthorityType;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.RecordCode;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmittedRecord;

class SubmissionWireTest {

  private static final Parties ANSWERING =
      new Parties(new Asid("200000000001"), new Asid("200000000002"));

  @Test
  void readsDatesWithAZoneAsTheDay() {
    UpdateRecordType record = new UpdateRecordType();
    record.setStartDate("2026-01-05Z");
    record.setEndDate("2026-02-05+01:00");
    record.setDateOfBirth("2018-04-01");

    SubmittedRecord read = read(request(record)).records().get(0);

    assertThat(read.startDate()).contains("2026-01-05");
    assertThat(read.endDate()).contains("2026-02-05");
    assertThat(read.dateOfBirth()).contains("2018-04-01");
  }

  @Test
  void leavesAWrongDateAsItCame() {
    UpdateRecordType record = new UpdateRecordType();
    record.setStartDate("5 January 2026Z");

    assertThat(read(request(record)).records().get(0).startDate()).contains("5 January 2026Z");
  }

  @Test
  void takesAnEmptyValueAsNone() {
    UpdateRecordType record = new UpdateRecordType();
    record.setEndDate("");
    record.setNhsNumber("  ");

    SubmittedRecord read = read(request(record)).records().get(0);

    assertThat(read.endDate()).isEmpty();
    assertThat(read.nhsNumber()).isEmpty();
  }

  @Test
  void acknowledgesEachRecordInTheOrderSent() {
    Acknowledgement acknowledgement =
        Acknowledgement.of(
            List.of(
                RecordOutcome.loaded(Optional.of("ONE")),
                RecordOutcome.refused(Optional.empty(), DetailCode.START_DATE_MISSING),
                RecordOutcome.superseded(Optional.of("THREE"), NhsNumber.of("9990000026"))));

    SubmissionAcknowledgementType written =
        UpdateWire.write(read(request(new UpdateRecordType())), acknowledgement, ANSWERING);

    assertThat(written.getFileCode().value()).isEqualTo("CPF03");
    assertThat(written.getRecord())
        .extracting(record -> record.getPosition() + " " + record.getCode().value())
        .containsExactly("1 CPR06", "2 CPR07", "3 CPR05");
    assertThat(written.getRecord().get(1).getDetailCode()).isEqualTo("CPG-202");
    assertThat(written.getRecord().get(2).getReplacementNhsNumber()).isEqualTo("9990000026");
  }

  @Test
  void writesEveryCodeThatTheContractKnows() {
    for (RecordCode code : RecordCode.values()) {
      Acknowledgement acknowledgement =
          Acknowledgement.of(List.of(RecordOutcome.refused(Optional.empty(), code)));
      assertThat(
              UpdateWire.write(read(request(new UpdateRecordType())), acknowledgement, ANSWERING)
                  .getRecord()
                  .get(0)
                  .getCode()
                  .value())
          .isEqualTo(code.name());
    }
  }

  private static Submission read(PlanUpdateRequest request) {
    return UpdateWire.read(
        request, new MessageId(new UUID(1, 2)), new ContentDigest("ab".repeat(32)));
  }

  private static PlanUpdateRequest request(UpdateRecordType record) {
    ContactsType contacts = new ContactsType();
    contacts.setEmergencyDutyTelephone("020 7946 0001");
    LocalAuthorityType authority = new LocalAuthorityType();
    authority.setCode("TWH");
    authority.setName("Tower Hamlets");
    authority.setContacts(contacts);
    ProductType product = new ProductType();
    product.setName("Synthetic Social Care");
    product.setVersion("1.0");
    PlanUpdateRequest request = new PlanUpdateRequest();
    request.setLocalAuthority(authority);
    request.setSequenceNumber(7);
    request.setProduct(product);
    request.setRecordCount(1);
    request.getRecord().add(record);
    return request;
  }
}
