package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The codes of the trade, as contract, files and documents write them (cpis.md sections 1 to 3).
 */
class CodesTest {

  @ParameterizedTest
  @CsvSource({
    "CPP, CHILD_PROTECTION, child protection plan",
    "LAC, LOOKED_AFTER, looked-after child",
    "UCP, UNBORN, unborn child protection plan"
  })
  void aPlanTypeIsFoundByItsCode(String code, PlanType type, String description) {
    assertThat(PlanType.ofCode(code)).contains(type);
    assertThat(type.code()).isEqualTo(code);
    assertThat(type.description()).isEqualTo(description);
  }

  @Test
  void anotherCodeIsNoPlanType() {
    assertThat(PlanType.ofCode("cpp")).isEmpty();
    assertThat(PlanType.ofCode("")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(CareSetting.class)
  void aCareSettingIsFoundByItsCode(CareSetting setting) {
    assertThat(CareSetting.ofCode(setting.code())).contains(setting);
    assertThat(setting.description()).isNotBlank();
  }

  @Test
  void anotherCodeIsNoCareSetting() {
    assertThat(CareSetting.ofCode("somewhere")).isEmpty();
  }

  @Test
  void nineSettingsAreUnscheduledAndSevenScheduled() {
    assertThat(Arrays.stream(CareSetting.values()).filter(CareSetting::scheduled)).hasSize(7);
    assertThat(CareSetting.values()).hasSize(16);
  }

  @ParameterizedTest
  @EnumSource(DetailCode.class)
  void aDetailCodeHasANumberAndAnExplanation(DetailCode detail) {
    assertThat(detail.code()).matches("CPG-\\d{3}");
    assertThat(detail.description()).endsWith(".");
  }

  @Test
  void noTwoReasonsShareADetailCode() {
    assertThat(Stream.of(DetailCode.values()).map(DetailCode::code)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "ACCESS, ACCESS_NOTIFICATION",
    "INACTIVE_NUMBER, INACTIVE_NUMBER_NOTIFICATION",
    "BIRTH, BIRTH_NOTIFICATION",
    "WITHDRAWAL, WITHDRAWAL_NOTIFICATION"
  })
  void eachKindOfNotificationHasItsInteraction(NotificationKind kind, Interaction interaction) {
    assertThat(kind.interaction()).isEqualTo(interaction);
  }

  @Test
  void updatesAndDeletionsAreTheirOwnInteractions() {
    assertThat(Submission.Kind.UPDATE.interaction()).isEqualTo(Interaction.UPDATE);
    assertThat(Submission.Kind.DELETE.interaction()).isEqualTo(Interaction.DELETE);
  }
}
