package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.FileCode;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.RecordCode;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionReference;

/** The submissions and how each was acknowledged, record by record in the order sent. */
public final class Submissions {

  private static final String INSERT =
      """
      INSERT INTO submission
        (id, authority, asid, message_id, kind, digest, sequence_number, taken_number,
         received_at, last_asked_at, file_code, detail_code, sequence_era)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
        (SELECT era FROM submission_sequence s WHERE s.authority = ?))
      """;
  private static final String INSERT_RECORD =
      """
      INSERT INTO submission_record
        (submission, position, local_identifier, record_code, detail_code, replacement)
      VALUES (?, ?, ?, ?, ?, ?)
      """;
  private static final String FIND =
      """
      SELECT * FROM submission --DERBY-PROPERTIES constraint=submission_pk
      WHERE id = ?
      """;
  private static final String ASKED =
      """
      UPDATE submission SET last_asked_at = ? WHERE id = ?
      """;
  private static final String BY_SEQUENCE =
      """
      SELECT * FROM submission --DERBY-PROPERTIES constraint=submission_taken_number
      WHERE authority = ? AND taken_number = ?
        AND sequence_era = (SELECT era FROM submission_sequence s WHERE s.authority = ?)
      """;
  private static final String RECORDS =
      """
      SELECT * FROM submission_record --DERBY-PROPERTIES constraint=submission_record_pk
      WHERE submission = ?
      ORDER BY position
      """;

  private final Sql sql;

  Submissions(Sql sql) {
    this.sql = sql;
  }

  /**
   * Keeps a submission with its acknowledgement; false when its number of the present sequence is
   * taken by another one of this authority, and then nothing is kept.
   */
  public boolean add(StoredSubmission submission) {
    boolean added = sql.insertNew(INSERT, values(submission));
    if (added) {
      sql.batch(INSERT_RECORD, recordValues(submission));
    }
    return added;
  }

  /** The submission that a remembered message refers to. */
  public Optional<StoredSubmission> find(UUID id) {
    return sql.find(FIND, Submissions::head, id).map(this::withRecords);
  }

  /** The submission that took this number of the authority's present sequence. */
  public Optional<StoredSubmission> bySequence(OdsCode authority, long number) {
    return sql.find(BY_SEQUENCE, Submissions::head, authority, number, authority)
        .map(this::withRecords);
  }

  /**
   * Keeps that a message was answered with this submission's acknowledgement, so that it is there
   * as long as the message is remembered.
   */
  public void asked(UUID id, Instant at) {
    sql.updateOne(ASKED, at, id);
  }

  private static Object[] values(StoredSubmission submission) {
    long number = submission.reference().sequenceNumber();
    return new Object[] {
      submission.id(),
      submission.authority(),
      submission.sender(),
      submission.reference().messageId(),
      submission.kind(),
      submission.digest(),
      number,
      submission.numberTaken() ? Optional.of(number) : Optional.empty(),
      submission.at(),
      submission.at(),
      submission.acknowledgement().fileCode(),
      submission.acknowledgement().detail(),
      submission.authority()
    };
  }

  private static List<Object[]> recordValues(StoredSubmission submission) {
    List<RecordOutcome> records = submission.acknowledgement().records();
    return IntStream.range(0, records.size())
        .mapToObj(position -> recordValues(submission.id(), position, records.get(position)))
        .toList();
  }

  private static Object[] recordValues(UUID submission, int position, RecordOutcome outcome) {
    return new Object[] {
      submission,
      position,
      outcome.localIdentifier(),
      outcome.code(),
      outcome.detail(),
      outcome.replacement()
    };
  }

  private StoredSubmission withRecords(StoredSubmission head) {
    Acknowledgement acknowledgement = head.acknowledgement();
    List<RecordOutcome> records = sql.list(RECORDS, Submissions::record, head.id());
    return new StoredSubmission(
        head.id(),
        head.authority(),
        head.sender(),
        head.kind(),
        head.reference(),
        head.digest(),
        head.numberTaken(),
        head.at(),
        new Acknowledgement(acknowledgement.fileCode(), acknowledgement.detail(), records));
  }

  private static StoredSubmission head(Row row) throws SQLException {
    return new StoredSubmission(
        row.uuid("id"),
        row.organisation("authority"),
        row.asid("asid"),
        Submission.Kind.valueOf(row.text("kind")),
        new SubmissionReference(row.messageId("message_id"), row.number("sequence_number")),
        new ContentDigest(row.text("digest")),
        row.optionalNumber("taken_number").isPresent(),
        row.time("received_at"),
        new Acknowledgement(FileCode.valueOf(row.text("file_code")), detail(row), List.of()));
  }

  private static RecordOutcome record(Row row) throws SQLException {
    return new RecordOutcome(
        row.optionalText("local_identifier"),
        RecordCode.valueOf(row.text("record_code")),
        detail(row),
        row.optionalPerson("replacement"));
  }

  private static Optional<DetailCode> detail(Row row) throws SQLException {
    return row.optionalText("detail_code").map(DetailCode::valueOf);
  }
}
