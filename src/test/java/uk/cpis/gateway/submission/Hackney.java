package uk.cpis.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uk.cpis.gateway.demographics.Demographics;
import uk.cpis.gateway.demographics.LookUps;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Plan;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.Submission.Kind;
import uk.cpis.gateway.domain.SubmissionOutcome;
import uk.cpis.gateway.testing.Examples;
import uk.cpis.gateway.testing.TestServices;

/**
 * A local authority's system that sends to the service on a real store, and what is shown then. It
 * is Hackney's unless told.
 */
record Hackney(TestServices services, OdsCode authority, SubmissionService service) {

  /** Its people are looked up in the local register. */
  static Hackney at(TestServices services) {
    return new Hackney(
        services, Examples.HACKNEY, services.submissions(services.register(), (tx, news) -> {}));
  }

  /** Another authority, with a service of the same store. */
  Hackney as(OdsCode other) {
    return new Hackney(services, other, service);
  }

  /** The same while its people are looked up elsewhere. */
  Hackney asking(Demographics demographics) {
    return by(services.submissions(demographics));
  }

  /** The same while demographics are out of reach. */
  Hackney withoutDemographics() {
    return asking(numbers -> new LookUps.Unavailable());
  }

  Hackney by(SubmissionService other) {
    return new Hackney(services, authority, other);
  }

  Acknowledgement updates(long sequence, Sent... records) {
    return sends(update(sequence, records));
  }

  Acknowledgement deletes(long sequence, Sent... records) {
    return sends(submission(Kind.DELETE, sequence, records));
  }

  /** The acknowledgement, the clock having moved a little. */
  Acknowledgement sends(Submission submission) {
    services.clock().advance(Duration.ofSeconds(1));
    SubmissionOutcome outcome = service.accept(submission, Examples.socialCareOf(authority));
    assertThat(outcome).isInstanceOf(SubmissionOutcome.Acknowledged.class);
    return ((SubmissionOutcome.Acknowledged) outcome).acknowledgement();
  }

  Submission update(long sequence, Sent... records) {
    return submission(Kind.UPDATE, sequence, records);
  }

  /** A new message, whose content is told apart by what its records say. */
  private Submission submission(Kind kind, long sequence, Sent... records) {
    return new Submission(
        kind,
        authority,
        Examples.newMessageId(),
        digest(kind, sequence, records),
        sequence,
        "Product",
        "8.1.12",
        records.length,
        Optional.empty(),
        List.of(records).stream().map(Sent::record).toList());
  }

  private static ContentDigest digest(Kind kind, long sequence, Sent... records) {
    int hash = 31 * Arrays.hashCode(records) + Long.hashCode(sequence) + kind.ordinal();
    return new ContentDigest("%08x".formatted(hash).repeat(8));
  }

  /** The same submission in a message of its own. */
  static Submission inANewMessage(Submission submission) {
    return with(submission, Examples.newMessageId(), submission.contacts());
  }

  static Submission with(Contacts contacts, Submission submission) {
    return with(submission, submission.messageId(), Optional.of(contacts));
  }

  private static Submission with(Submission submission, MessageId id, Optional<Contacts> contacts) {
    return new Submission(
        submission.kind(),
        submission.authority(),
        id,
        submission.digest(),
        submission.sequenceNumber(),
        submission.productName(),
        submission.productVersion(),
        submission.recordCount(),
        contacts,
        submission.records());
  }

  /** What a query would find of this person today. */
  List<Plan> visible(NhsNumber person) {
    return services
        .store()
        .read(tx -> tx.plans().visible(person, LondonDay.of(services.clock().instant())));
  }

  Contacts telephones() {
    return services.store().read(tx -> tx.authorities().find(authority)).orElseThrow().contacts();
  }

  /** The codes of the records, each with its detail code where there is one. */
  static List<String> codes(Acknowledgement acknowledgement) {
    return acknowledgement.records().stream().map(Hackney::code).toList();
  }

  private static String code(RecordOutcome record) {
    return record.code() + record.detail().map(detail -> " " + detail).orElse("");
  }
}
