package uk.cpis.gateway.wire;

import java.util.Optional;
import uk.cpis.gateway.contract.submission.PlanUpdateRequest;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmittedRecord;

/** The update of 1 to 1,000 records and its acknowledgement (rule 8). */
public final class UpdateWire {

  private UpdateWire() {}

  /** What the message asks for; values of records stay texts that may be wrong. */
  public static Submission read(
      PlanUpdateRequest request, MessageId messageId, ContentDigest digest) {
    return new Submission(
        Submission.Kind.UPDATE,
        authority(request),
        messageId,
        digest,
        request.getSequenceNumber(),
        request.getProduct().getName(),
        request.getProduct().getVersion(),
        request.getRecordCount(),
        Optional.of(People.read(request.getLocalAuthority().getContacts())),
        request.getRecord().stream().map(UpdateWire::record).toList());
  }

  public static SubmissionAcknowledgementType write(
      Submission submission, Acknowledgement acknowledgement, Parties parties) {
    return SubmissionWire.write(submission, acknowledgement, parties);
  }

  private static OdsCode authority(PlanUpdateRequest request) {
    return new OdsCode(request.getLocalAuthority().getCode());
  }

  private static SubmittedRecord record(UpdateRecordType record) {
    return new SubmittedRecord(
        SubmissionWire.text(record.getLocalIdentifier()),
        SubmissionWire.text(record.getNhsNumber()),
        SubmissionWire.text(record.getPlanType()),
        SubmissionWire.date(record.getStartDate()),
        SubmissionWire.date(record.getEndDate()),
        SubmissionWire.text(record.getFamilyName()),
        SubmissionWire.text(record.getGivenName()),
        SubmissionWire.date(record.getDateOfBirth()));
  }
}
