package uk.cpis.gateway.wire;

import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.contract.submission.FileOutcomeCode;
import uk.cpis.gateway.contract.submission.RecordAcknowledgementType;
import uk.cpis.gateway.contract.submission.RecordOutcomeCode;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.Submission;

/** What updates and deletions have in common: optional texts in, an acknowledgement out. */
final class SubmissionWire {

  private SubmissionWire() {}

  /** A value of a record; toolkits that cannot leave an element out send it empty. */
  static Optional<String> text(String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }

  /** A date of a record, still as text: its zone does not count. */
  static Optional<String> date(String value) {
    return text(value).map(Times::withoutZone);
  }

  /** One code for the whole and one for each record, in the order sent. */
  static SubmissionAcknowledgementType write(
      Submission submission, Acknowledgement acknowledgement, Parties parties) {
    SubmissionAcknowledgementType written = new SubmissionAcknowledgementType();
    written.setSystems(parties.write());
    written.setLocalAuthorityCode(submission.authority().value());
    written.setSequenceNumber(submission.sequenceNumber());
    written.setFileCode(FileOutcomeCode.fromValue(acknowledgement.fileCode().name()));
    acknowledgement.detail().map(DetailCode::code).ifPresent(written::setDetailCode);
    acknowledgement.detail().map(DetailCode::description).ifPresent(written::setDescription);
    List<RecordOutcome> records = acknowledgement.records();
    for (int i = 0; i < records.size(); i++) {
      written.getRecord().add(record(i + 1, records.get(i)));
    }
    return written;
  }

  private static RecordAcknowledgementType record(int position, RecordOutcome outcome) {
    RecordAcknowledgementType written = new RecordAcknowledgementType();
    written.setPosition(position);
    outcome.localIdentifier().ifPresent(written::setLocalIdentifier);
    written.setCode(RecordOutcomeCode.fromValue(outcome.code().name()));
    outcome.detail().map(DetailCode::code).ifPresent(written::setDetailCode);
    outcome.detail().map(DetailCode::description).ifPresent(written::setDescription);
    outcome.replacement().map(NhsNumber::digits).ifPresent(written::setReplacementNhsNumber);
    return written;
  }
}
