package uk.cpis.gateway.wire;

import java.util.Optional;
import uk.cpis.gateway.contract.submission.DeleteRecordType;
import uk.cpis.gateway.contract.submission.PlanDeleteRequest;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmittedRecord;

/** The removal of records sent in error and its acknowledgement (rule 12). */
public final class DeleteWire {

  private DeleteWire() {}

  /** What the message asks for: number and type of plan of each record, still as texts. */
  public static Submission read(
      PlanDeleteRequest request, MessageId messageId, ContentDigest digest) {
    return new Submission(
        Submission.Kind.DELETE,
        authority(request),
        messageId,
        digest,
        request.getSequenceNumber(),
        request.getProduct().getName(),
        request.getProduct().getVersion(),
        request.getRecordCount(),
        Optional.empty(),
        request.getRecord().stream().map(DeleteWire::record).toList());
  }

  public static SubmissionAcknowledgementType write(
      Submission submission, Acknowledgement acknowledgement, Parties parties) {
    return SubmissionWire.write(submission, acknowledgement, parties);
  }

  private static OdsCode authority(PlanDeleteRequest request) {
    return new OdsCode(request.getLocalAuthorityCode());
  }

  private static SubmittedRecord record(DeleteRecordType record) {
    return new SubmittedRecord(
        SubmissionWire.text(record.getLocalIdentifier()),
        SubmissionWire.text(record.getNhsNumber()),
        SubmissionWire.text(record.getPlanType()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
