package uk.cpis.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.OPERATOR;
import static uk.cpis.gateway.testing.Examples.contacts;
import static uk.cpis.gateway.testing.Examples.current;
import static uk.cpis.gateway.testing.Examples.socialCareOf;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.FileCode;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Submission;
import uk.cpis.gateway.domain.SubmissionOutcome;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.TestServices;

/** Rule 18: what a submission's number in its authority's sequence does. */
class SequenceNumbersIT {

  @TempDir Path folder;
  private TestServices services;
  private Hackney hackney;

  @BeforeEach
  void open() {
    services = TestServices.open(folder);
    services.know(current(CHILD));
    hackney = Hackney.at(services);
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void rule18TheSameNumberWithTheSameContentIsAnsweredWithTheFirstAcknowledgement() {
    Submission first = hackney.update(1, Sent.good());
    Acknowledgement acknowledgement = hackney.sends(first);
    hackney.deletes(2, Sent.good());

    assertThat(hackney.sends(Hackney.inANewMessage(first))).isEqualTo(acknowledgement);
    assertThat(hackney.visible(CHILD)).isEmpty();
  }

  @Test
  void rule18TheSameNumberWithOtherContentIsRefusedAndChangesNothing() {
    hackney.updates(1, Sent.good());

    assertThat(hackney.updates(1, Sent.good().withType("LAC")))
        .isEqualTo(Acknowledgement.refused(FileCode.CPF01, DetailCode.SEQUENCE_NUMBER_REUSED));
    assertThat(hackney.deletes(1, Sent.good()).detail())
        .contains(DetailCode.SEQUENCE_NUMBER_REUSED);
    assertThat(hackney.visible(CHILD)).hasSize(1);
  }

  @Test
  void rule18AnOlderNumberNeverOverwritesNewerInformation() {
    hackney.updates(5, Sent.good().withEnd("2026-11-01"));

    assertThat(Hackney.codes(hackney.updates(4, Sent.good())))
        .containsExactly("CPR07 NEWER_SUBMISSION_APPLIED");
    assertThat(Hackney.codes(hackney.deletes(3, Sent.good())))
        .containsExactly("CPR07 NEWER_SUBMISSION_APPLIED");
    assertThat(hackney.visible(CHILD)).allMatch(plan -> plan.period().end().isPresent());
  }

  @Test
  void rule18AGapIsNotedForTheOperatorAndNotRefused() {
    try (RecordedLog log = RecordedLog.of(SubmissionStory.class.getName())) {
      hackney.updates(1, Sent.good());
      assertThat(hackney.updates(4, Sent.good().withType("LAC")).fileCode())
          .isEqualTo(FileCode.CPF02);
      assertThat(hackney.updates(3, Sent.good().withType("LAC")).fileCode())
          .isEqualTo(FileCode.CPF02);

      assertThat(log.messages())
          .containsExactly(
              "CPG-SEQUENCE-GAP authority=HCK number=4 after=1",
              "CPG-SEQUENCE-LATE authority=HCK number=3 after=4");
    }
  }

  @Test
  void rule17ARefusalThatMayBeRepeatedUsesUpNeitherTheNumberNorTheMessageId() {
    Submission submission = Hackney.with(contacts("020 7946 0500"), hackney.update(1, Sent.good()));

    assertThat(hackney.withoutDemographics().sends(submission))
        .isEqualTo(Acknowledgement.sendAgain());
    assertThat(hackney.service().accept(submission, socialCareOf(HACKNEY, Optional.of("8.2"))))
        .isEqualTo(
            new SubmissionOutcome.Acknowledged(
                Acknowledgement.refused(FileCode.CPF06, DetailCode.PRODUCT_VERSION_TOO_OLD)));
    assertThat(hackney.telephones()).isNotEqualTo(contacts("020 7946 0500"));
    assertThat(lastSequence()).isEmpty();

    assertThat(hackney.sends(submission).fileCode()).isEqualTo(FileCode.CPF02);
    assertThat(hackney.telephones()).isEqualTo(contacts("020 7946 0500"));
    assertThat(lastSequence()).hasValue(1);
  }

  @Test
  void rule18AfterAnOperatorsResetEveryNumberMayBeUsedOnceMore() {
    hackney.updates(57, Sent.good());

    assertThat(reset(HACKNEY)).contains(OptionalLong.of(57));

    assertThat(lastSequence()).isEmpty();
    assertThat(hackney.visible(CHILD)).hasSize(1);
    assertThat(hackney.updates(1, Sent.good().withEnd("2026-11-01")).fileCode())
        .isEqualTo(FileCode.CPF02);
    assertThat(hackney.visible(CHILD)).allMatch(plan -> plan.period().end().isPresent());
    assertThat(hackney.updates(57, Sent.good().withEnd("2026-11-02")).fileCode())
        .isEqualTo(FileCode.CPF02);
    assertThat(hackney.updates(1, Sent.good()).detail())
        .contains(DetailCode.SEQUENCE_NUMBER_REUSED);
  }

  @Test
  void rule18AResetForgetsNoMessageThatWasAcknowledged() {
    Submission first = hackney.update(57, Sent.good());
    Acknowledgement acknowledgement = hackney.sends(first);
    reset(HACKNEY);
    hackney.deletes(1, Sent.good());

    assertThat(hackney.sends(first)).isEqualTo(acknowledgement);
    assertThat(hackney.visible(CHILD)).isEmpty();
  }

  @Test
  void rule18AResetIsAuditedWithTheOperatorsName() {
    hackney.updates(57, Sent.good());

    reset(HACKNEY);

    await()
        .untilAsserted(
            () ->
                assertThat(services.entries(AuditEvent.SEQUENCE_RESET))
                    .extracting(AuditEntry::operator, AuditEntry::organisation, AuditEntry::outcome)
                    .containsExactly(
                        tuple(Optional.of(OPERATOR), Optional.of(HACKNEY), "AFTER_57")));
  }

  @Test
  void rule18NobodyResetsTheSequenceOfAnAuthorityThatIsNotRegistered() {
    assertThat(reset(new OdsCode("ZZZ"))).isEmpty();
    assertThat(reset(HACKNEY)).contains(OptionalLong.empty());
  }

  private Optional<OptionalLong> reset(OdsCode authority) {
    return new SequenceReset(services.store(), services.audit()).of(authority, OPERATOR);
  }

  private OptionalLong lastSequence() {
    return services.store().read(tx -> tx.authorities().lastSequence(HACKNEY));
  }
}
