package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The codes of an acknowledgement (rule 8 and the code tables of cpis.md section 3). */
class AcknowledgementTest {

  private static final RecordOutcome LOADED = RecordOutcome.loaded(Optional.of("case-1"));
  private static final RecordOutcome REFUSED =
      RecordOutcome.refused(Optional.of("case-2"), RecordCode.CPR01);

  @Test
  void allRecordsLoadedIsCpf02() {
    assertThat(Acknowledgement.of(List.of(LOADED, LOADED)))
        .isEqualTo(new Acknowledgement(FileCode.CPF02, Optional.empty(), List.of(LOADED, LOADED)));
  }

  @Test
  void someRecordsLoadedIsCpf03InTheOrderSent() {
    Acknowledgement acknowledgement = Acknowledgement.of(List.of(REFUSED, LOADED));

    assertThat(acknowledgement.fileCode()).isEqualTo(FileCode.CPF03);
    assertThat(acknowledgement.records()).containsExactly(REFUSED, LOADED);
  }

  @Test
  void noRecordLoadedIsCpf04() {
    assertThat(Acknowledgement.of(List.of(REFUSED)).fileCode()).isEqualTo(FileCode.CPF04);
  }

  @Test
  void aFileRefusedAsAWholeSaysWhyAndNothingOfItsRecords() {
    assertThat(Acknowledgement.refused(FileCode.CPF01, DetailCode.RECORD_COUNT_WRONG))
        .isEqualTo(
            new Acknowledgement(
                FileCode.CPF01, Optional.of(DetailCode.RECORD_COUNT_WRONG), List.of()));
  }

  @Test
  void demographicsOutOfReachIsCpf05WithoutRecords() {
    assertThat(Acknowledgement.sendAgain())
        .isEqualTo(new Acknowledgement(FileCode.CPF05, Optional.empty(), List.of()));
  }

  @ParameterizedTest
  @EnumSource(RecordCode.class)
  void onlyCpr06MeansLoaded(RecordCode code) {
    assertThat(code.loaded()).isEqualTo(code == RecordCode.CPR06);
  }

  @Test
  void aRecordsOutcomeEchoesTheLocalIdentifier() {
    assertThat(LOADED.localIdentifier()).contains("case-1");
    assertThat(LOADED.code()).isEqualTo(RecordCode.CPR06);
    assertThat(REFUSED.localIdentifier()).contains("case-2");
    assertThat(REFUSED.code()).isEqualTo(RecordCode.CPR01);
  }

  @Test
  void aReasonOfOurOwnIsCpr07WithItsDetail() {
    RecordOutcome outcome =
        RecordOutcome.refused(Optional.of("case-3"), DetailCode.END_BEFORE_START);

    assertThat(outcome.code()).isEqualTo(RecordCode.CPR07);
    assertThat(outcome.detail()).contains(DetailCode.END_BEFORE_START);
    assertThat(outcome.localIdentifier()).contains("case-3");
  }

  @Test
  void aSupersededNumberIsCpr05WithItsReplacement() {
    NhsNumber replacement = new NhsNumber("9990000026");
    RecordOutcome outcome = RecordOutcome.superseded(Optional.empty(), Optional.of(replacement));

    assertThat(outcome.code()).isEqualTo(RecordCode.CPR05);
    assertThat(outcome.replacement()).contains(replacement);
  }
}
