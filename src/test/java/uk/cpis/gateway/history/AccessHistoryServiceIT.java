package uk.cpis.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.OTHER_CHILD;
import static uk.cpis.gateway.testing.Examples.TOWER_HAMLETS;
import static uk.cpis.gateway.testing.Examples.homerton;
import static uk.cpis.gateway.testing.Examples.newMessageId;
import static uk.cpis.gateway.testing.Examples.nurse;
import static uk.cpis.gateway.testing.Examples.plan;
import static uk.cpis.gateway.testing.Examples.socialCareOf;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.AuthorityUser;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.HistoryOutcome;
import uk.cpis.gateway.domain.HistoryRequest;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.ShownAccess;
import uk.cpis.gateway.domain.StaffName;
import uk.cpis.gateway.testing.TestServices;

/** Rule 20: who looked, for a named member of the authority's staff. */
class AccessHistoryServiceIT {

  private static final AuthorityUser SOCIAL_WORKER =
      new AuthorityUser(
          "sw1",
          new StaffName(Optional.empty(), Optional.of("Anna"), "Testworker"),
          Optional.of("Social worker"));

  @TempDir Path folder;
  private TestServices services;

  @BeforeEach
  void open() {
    services = TestServices.open(folder);
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void showsTheLatestAccessesNewestFirstAndAuditsWhoAsked() {
    services.hold(plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION));
    look("anna");
    services.clock().advance(Duration.ofMinutes(1));
    look("ben");

    assertThat(shown(HACKNEY))
        .extracting(ShownAccess::userName)
        .containsExactly("Siân Nurse-ben", "Siân Nurse-anna");
    assertThat(services.entries(AuditEvent.HISTORY_READ))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.person()).contains(CHILD);
              assertThat(entry.organisation()).contains(HACKNEY);
              assertThat(entry.author())
                  .map(author -> author.userKey() + " " + author.shownName())
                  .contains("sw1 Anna Testworker");
            });
  }

  @Test
  void aPersonWhomNobodyLookedAtHasAnEmptyHistory() {
    services.hold(plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION));

    assertThat(shown(HACKNEY)).isEmpty();
  }

  @Test
  void showsNothingToAnAuthorityThatHoldsNoVisibleRecord() {
    services.hold(
        plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION),
        plan(
            TOWER_HAMLETS,
            CHILD,
            PlanType.CHILD_PROTECTION,
            Optional.of(LocalDate.of(2025, 11, 19))));
    look("anna");

    assertThat(ask(TOWER_HAMLETS, TOWER_HAMLETS))
        .isEqualTo(new HistoryOutcome.Refused(RejectionReason.NO_RECORD_HELD));
    assertThat(services.audited(AuditEvent.HISTORY_READ)).isEmpty();
    assertThat(services.audited(AuditEvent.MESSAGE_REFUSED)).containsExactly("NO_RECORD_HELD");
  }

  @Test
  void refusesToAskInTheNameOfAnotherAuthority() {
    services.hold(plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION));

    assertThat(ask(TOWER_HAMLETS, HACKNEY))
        .isEqualTo(new HistoryOutcome.Refused(RejectionReason.ORGANISATION_NOT_ALLOWED));
  }

  @Test
  void showsOneHistoryOfAMergedPersonToWhoeverHoldsARecordUnderAnyOfTheNumbers() {
    services.hold(plan(HACKNEY, OTHER_CHILD, PlanType.CHILD_PROTECTION));
    services.stand(CHILD, new NumberStanding.Superseded(Optional.of(OTHER_CHILD)));
    look("anna");

    assertThat(shown(HACKNEY)).hasSize(1);
    assertThat(ask(TOWER_HAMLETS, TOWER_HAMLETS))
        .isEqualTo(new HistoryOutcome.Refused(RejectionReason.NO_RECORD_HELD));
  }

  @Test
  void showsNoHistoryOfAPersonWhoIsWithheld() {
    services.hold(plan(HACKNEY, CHILD, PlanType.CHILD_PROTECTION));
    look("anna");
    for (NumberStanding standing :
        List.of(new NumberStanding.Sensitive(), new NumberStanding.Invalidated())) {
      services.stand(CHILD, standing);

      assertThat(ask(HACKNEY, HACKNEY))
          .isEqualTo(new HistoryOutcome.Refused(RejectionReason.NO_RECORD_HELD));
    }
  }

  private List<ShownAccess> shown(OdsCode authority) {
    HistoryOutcome outcome = ask(authority, authority);
    assertThat(outcome).isInstanceOf(HistoryOutcome.Shown.class);
    return ((HistoryOutcome.Shown) outcome).accesses();
  }

  private HistoryOutcome ask(OdsCode sender, OdsCode named) {
    return services
        .history()
        .show(
            new HistoryRequest(newMessageId(), named, SOCIAL_WORKER, CHILD), socialCareOf(sender));
  }

  private void look(String userId) {
    services
        .queries()
        .answer(
            new PlanQuery(
                newMessageId(),
                new ContentDigest("a".repeat(64)),
                CHILD,
                nurse(userId),
                ActivityCode.B0107,
                Optional.of(CareSetting.EMERGENCY_DEPARTMENT)),
            homerton());
  }
}
