package uk.cpis.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.LUCJA;
import static uk.cpis.gateway.testing.Examples.MOTHER;
import static uk.cpis.gateway.testing.Examples.OTHER_CHILD;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.current;
import static uk.cpis.gateway.testing.Examples.person;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.testing.TestServices;

/** Rules 9 to 13 over time: what becomes of a record after it was loaded. */
class EndsAndDeletionsIT {

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
  void rule9ARecordWithABadFormatIsNeverLookedUp() {
    List<Set<NhsNumber>> asked = new ArrayList<>();
    hackney
        .asking(
            numbers -> {
              asked.add(numbers);
              return services.register().lookUp(numbers);
            })
        .updates(1, Sent.good(), Sent.good().withNumber(OTHER_CHILD.digits()).withFamily(""));

    assertThat(asked).containsExactly(Set.of(CHILD));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"SENSITIVE", "SUPERSEDED", "INVALIDATED"})
  void rule10TheSameRecordAgainSucceedsWhateverBecameOfTheNumber(Status status) {
    hackney.updates(1, Sent.good());
    becomes(status);

    assertThat(Hackney.codes(hackney.updates(2, Sent.good()))).containsExactly("CPR06");
    assertThat(Hackney.codes(hackney.updates(3, Sent.good().withStart("2025-02-01"))))
        .doesNotContain("CPR06");
  }

  @Test
  void rule10TwoAuthoritiesHoldTheSameChildSideBySideAndEachChangesOnlyItsOwn() {
    Hackney towerHamlets = hackney.as(TOWER_HAMLETS);
    hackney.updates(1, Sent.good());
    towerHamlets.updates(1, Sent.good().withLocalIdentifier("TH-9"));

    towerHamlets.updates(2, Sent.good().withLocalIdentifier("TH-9").withEnd("2026-11-01"));
    assertThat(hackney.visible(CHILD))
        .extracting(plan -> plan.key().authority(), plan -> plan.period().end().isPresent())
        .containsExactly(tuple(HACKNEY, false), tuple(TOWER_HAMLETS, true));

    hackney.deletes(2, Sent.good());
    assertThat(hackney.visible(CHILD))
        .extracting(plan -> plan.key().authority(), plan -> plan.localIdentifier().orElseThrow())
        .containsExactly(tuple(TOWER_HAMLETS, "TH-9"));
  }

  @Test
  void rule11AnEndIsCorrectedAndWithdrawnWhileTheRecordIsVisible() {
    hackney.updates(1, Sent.good());
    hackney.updates(2, Sent.good().withEnd("2026-11-19"));
    hackney.updates(3, Sent.good().withEnd("2026-11-01"));
    at("2027-11-01T12:00:00Z");

    assertThat(Hackney.codes(hackney.updates(4, Sent.good()))).containsExactly("CPR06");

    assertThat(hackney.visible(CHILD)).allMatch(plan -> plan.period().end().isEmpty());
  }

  @Test
  void rule6AnEndedRecordSentAgainAfterItsTwelveMonthsIsRefusedWhetherItWasSweptOrNot() {
    hackney.updates(1, Sent.good().withEnd("2026-11-01"));
    at("2027-11-01T12:00:00Z");
    assertThat(Hackney.codes(hackney.updates(2, Sent.good().withEnd("2026-11-01"))))
        .containsExactly("CPR06");

    at("2027-11-02T12:00:00Z");
    assertThat(Hackney.codes(hackney.updates(3, Sent.good().withEnd("2026-11-01"))))
        .containsExactly("CPR07 END_TOO_LONG_AGO");
  }

  @ParameterizedTest
  @CsvSource({
    // In London it is 2 July from 23:00 UTC on.
    "2026-07-01T22:59:58Z, 2026-07-02, CPR06",
    "2026-07-01T22:59:58Z, 2026-07-03, CPR07 END_TOO_FAR_AHEAD",
    "2026-07-01T23:00:00Z, 2026-07-03, CPR06",
    "2026-07-01T23:00:00Z, 2026-07-04, CPR07 END_TOO_FAR_AHEAD",
    "2026-02-28T12:00:00Z, 2025-02-28, CPR06",
    "2026-03-01T12:00:00Z, 2025-02-28, CPR07 END_TOO_LONG_AGO",
    "2029-02-28T12:00:00Z, 2028-02-29, CPR06",
    "2029-03-01T00:00:00Z, 2028-02-29, CPR07 END_TOO_LONG_AGO"
  })
  void rule11AnEndIsHeldToTheDayInLondon(String now, String end, String code) {
    at(now);

    assertThat(Hackney.codes(hackney.updates(1, Sent.good().withEnd(end)))).containsExactly(code);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"SENSITIVE", "SUPERSEDED", "INVALIDATED"})
  void rule12ARecordUnderANumberThatMayNotBeLoadedCanBeEndedAndDeleted(Status status) {
    hackney.updates(1, Sent.good());
    becomes(status);

    assertThat(Hackney.codes(hackney.updates(2, Sent.good().withEnd("2026-11-01"))))
        .containsExactly("CPR06");
    assertThat(Hackney.codes(hackney.deletes(3, Sent.good()))).containsExactly("CPR06");
    assertThat(hackney.visible(CHILD)).isEmpty();
  }

  @Test
  void rule12ARecordCanBeEndedAndDeletedWhileDemographicsAreOutOfReach() {
    hackney.updates(1, Sent.good());

    assertThat(
            Hackney.codes(
                hackney.withoutDemographics().updates(2, Sent.good().withEnd("2026-11-01"))))
        .containsExactly("CPR06");
    assertThat(Hackney.codes(hackney.withoutDemographics().deletes(3, Sent.good())))
        .containsExactly("CPR06");
  }

  @Test
  void rule12ARecordOfAPersonWhoIs18ByNowCanBeEndedAndDeleted() {
    hackney.updates(1, Sent.good());
    at("2033-03-14T00:00:00Z");

    assertThat(Hackney.codes(hackney.updates(2, Sent.good().withEnd("2033-03-14"))))
        .containsExactly("CPR06");
    assertThat(Hackney.codes(hackney.deletes(3, Sent.good()))).containsExactly("CPR06");
  }

  @Test
  void rule12DeletingOneRecordLeavesTheAuthoritysOthersOfThatChild() {
    hackney.updates(1, Sent.good(), Sent.good().withType("LAC"));

    hackney.deletes(2, Sent.good().withType("LAC"));

    assertThat(hackney.visible(CHILD))
        .extracting(plan -> plan.key().type())
        .containsExactly(PlanType.CHILD_PROTECTION);
  }

  @Test
  void rule12ADeletionNamesARecordTwiceAndRemovesItOnce() {
    hackney.updates(1, Sent.good());

    assertThat(
            Hackney.codes(
                hackney.deletes(2, Sent.good(), Sent.good(), Sent.good().withNumber("1"))))
        .containsExactly("CPR06", "CPR06", "CPR04");
  }

  @ParameterizedTest
  @CsvSource({
    "2008-07-02, 2026-07-01T22:59:58Z, CPP, CPR06",
    "2008-07-02, 2026-07-01T23:00:00Z, CPP, CPR07 PERSON_IS_ADULT",
    "2008-07-02, 2026-07-01T23:00:00Z, LAC, CPR07 PERSON_IS_ADULT",
    "2008-07-02, 2026-07-01T23:00:00Z, UCP, CPR06",
    "2008-02-29, 2026-02-28T23:59:58Z, CPP, CPR06",
    "2008-02-29, 2026-03-01T00:00:00Z, CPP, CPR07 PERSON_IS_ADULT"
  })
  void rule13NoPlanOfHerOwnIsTakenFromTheBirthdayInLondonOn(
      String born, String now, String type, String code) {
    at(now);
    services.know(bornOn(LocalDate.parse(born)));

    assertThat(
            Hackney.codes(
                hackney.updates(
                    1, Sent.good().withNumber(MOTHER.digits()).withBorn(born).withType(type))))
        .containsExactly(code);
  }

  @Test
  void rule13AnEndOfAnAdultsPlanIsNotWithdrawnAnyMore() {
    hackney.updates(1, Sent.good());
    at("2033-03-13T12:00:00Z");
    hackney.updates(2, Sent.good().withEnd("2033-03-13"));
    at("2033-03-14T12:00:00Z");

    assertThat(Hackney.codes(hackney.updates(3, Sent.good())))
        .containsExactly("CPR07 PERSON_IS_ADULT");
  }

  @Test
  void rule14ASupersededNumberIsAnsweredWithItsReplacementAndAnAdoptedOneNever() {
    services.know(
        person(OTHER_CHILD, Status.SUPERSEDED, Optional.of(CHILD)),
        person(MOTHER, Status.INVALIDATED, Optional.empty()));

    assertThat(
            hackney
                .updates(
                    1,
                    Sent.good().withNumber(OTHER_CHILD.digits()),
                    Sent.good().withNumber(MOTHER.digits()))
                .records())
        .extracting(each -> each.code().name(), RecordOutcome::replacement)
        .containsExactly(tuple("CPR05", Optional.of(CHILD)), tuple("CPR07", Optional.empty()));
  }

  @Test
  void rule16AMissingMothersNumberIsAFailureOfThatRecordOnly() {
    assertThat(
            Hackney.codes(
                hackney.updates(1, Sent.good().withType("UCP").withNumber(""), Sent.good())))
        .containsExactly("CPR04", "CPR06");
  }

  private void becomes(Status status) {
    services.know(
        person(
            CHILD,
            status,
            status == Status.SUPERSEDED ? Optional.of(OTHER_CHILD) : Optional.empty()));
  }

  /** Moves the clock; a submission is then sent a second later. */
  private void at(String instant) {
    services.clock().advance(Duration.between(services.clock().instant(), Instant.parse(instant)));
  }

  private static DemographicPerson bornOn(LocalDate day) {
    return new DemographicPerson(
        MOTHER,
        LUCJA.familyName(),
        List.of(LUCJA.givenName()),
        day,
        Status.CURRENT,
        Optional.empty(),
        Optional.empty());
  }
}
