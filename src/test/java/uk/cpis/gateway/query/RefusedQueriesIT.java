package uk.cpis.gateway.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static uk.cpis.gateway.testing.Examples.CHILD;
import static uk.cpis.gateway.testing.Examples.HACKNEY;
import static uk.cpis.gateway.testing.Examples.HOMERTON;
import static uk.cpis.gateway.testing.Examples.homerton;
import static uk.cpis.gateway.testing.Examples.newMessageId;
import static uk.cpis.gateway.testing.Examples.nurse;
import static uk.cpis.gateway.testing.Examples.plan;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.Sender;
import uk.cpis.gateway.domain.ShownAccess;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.domain.StaffName;
import uk.cpis.gateway.testing.TestServices;

/** Rules 2 and 3: who may not ask sees nothing, is told to nobody, and stands in the audit. */
class RefusedQueriesIT {

  private static final Organisation AT_HOMERTON =
      new Organisation(HOMERTON, "Homerton University Hospital");
  private static final StaffName IN_CHARGE =
      new StaffName(Optional.of("Dr"), Optional.of("Siân"), "Incharge");
  private static final JobRole CONSULTANT = new JobRole("R0260", "Consultant");

  @TempDir Path folder;
  private TestServices services;

  @BeforeEach
  void open() {
    services = TestServices.open(folder);
    services.hold(plan(HACKNEY, CHILD, PlanType.LOOKED_AFTER));
  }

  @AfterEach
  void close() {
    services.close();
  }

  @Test
  void aSilentReadInUnscheduledCareIsRefusedAndAudited() {
    refused(
        query(nurse("eve"), ActivityCode.B0170, CareSetting.EMERGENCY_DEPARTMENT),
        homerton(),
        RejectionReason.ACTIVITY_NOT_ALLOWED);
  }

  @Test
  void aSystemForSilentReadsOnlyIsRefusedANotifyingAccessAndAudited() {
    refused(
        query(nurse("eve"), ActivityCode.B0107, CareSetting.SEXUAL_ASSAULT_REFERRAL_CENTRE),
        system(Set.of(Interaction.QUERY), Set.of(ActivityCode.B0170)),
        RejectionReason.ACTIVITY_NOT_ALLOWED);
  }

  @Test
  void aSystemThatMayNotQueryIsRefusedAndAudited() {
    refused(
        query(nurse("eve"), ActivityCode.B0107, CareSetting.EMERGENCY_DEPARTMENT),
        system(Set.of(Interaction.UPDATE), Set.of(ActivityCode.B0107)),
        RejectionReason.INTERACTION_NOT_ALLOWED);
  }

  @Test
  void aPersonOfAnOrganisationThatTheSystemIsNotRegisteredForIsRefusedAndAudited() {
    Author stranger =
        new Author.Person(
            "eve", Optional.empty(), CONSULTANT, IN_CHARGE, elsewhere(), Optional.empty());

    refused(
        query(stranger, ActivityCode.B0107, CareSetting.EMERGENCY_DEPARTMENT),
        homerton(),
        RejectionReason.ORGANISATION_NOT_ALLOWED);
  }

  @Test
  void aDeviceOfAnOrganisationThatTheSystemIsNotRegisteredForIsRefusedAndAudited() {
    refused(
        query(device(homerton().system().asid(), elsewhere())),
        homerton(),
        RejectionReason.ORGANISATION_NOT_ALLOWED);
  }

  @Test
  void aDeviceWithTheAsidOfAnotherSystemIsRefusedAndAudited() {
    refused(
        query(device(new Asid("200000000999"), AT_HOMERTON)),
        homerton(),
        RejectionReason.DEVICE_NOT_SENDER);
  }

  @Test
  void aDeviceIsShownAndToldByThePersonWhoAnswersForIt() {
    QueryOutcome.Answered answer =
        (QueryOutcome.Answered)
            services
                .queries()
                .answer(query(device(homerton().system().asid(), AT_HOMERTON)), homerton());

    assertThat(answer.history())
        .containsExactly(
            new ShownAccess(TestServices.START, IN_CHARGE.full(), CONSULTANT, AT_HOMERTON));
    assertThat(services.owedTo(HACKNEY))
        .map(AccessNotification.class::cast)
        .extracting(told -> told.access().userName(), told -> told.access().ringBack())
        .containsExactly(tuple(IN_CHARGE.full(), Optional.of(TestServices.HOMERTON_TELEPHONE)));
  }

  @Test
  void aDeviceIsOneUserWhoeverAnswersForIt() {
    Asid asid = homerton().system().asid();
    services.queries().answer(query(device(asid, AT_HOMERTON)), homerton());
    Author relieved =
        new Author.Device(
            asid,
            AT_HOMERTON,
            new StaffName(Optional.empty(), Optional.empty(), "Nightshift"),
            CONSULTANT,
            Optional.empty());

    QueryOutcome second = services.queries().answer(query(relieved), homerton());

    assertThat(((QueryOutcome.Answered) second).history())
        .extracting(ShownAccess::userName)
        .containsExactly(IN_CHARGE.full());
  }

  private void refused(PlanQuery query, Sender sender, RejectionReason reason) {
    assertThat(services.queries().answer(query, sender))
        .isEqualTo(new QueryOutcome.Refused(reason));

    assertThat(services.entries(AuditEvent.MESSAGE_REFUSED))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.outcome()).isEqualTo(reason.name());
              assertThat(entry.person()).contains(CHILD);
              assertThat(entry.author()).contains(query.author());
              assertThat(entry.messageId()).contains(query.messageId());
            });
    assertThat(services.audited(AuditEvent.QUERY_ANSWERED)).isEmpty();
    assertThat(services.owedTo(HACKNEY)).isEmpty();
  }

  private static PlanQuery query(Author author) {
    return query(author, ActivityCode.B0107, CareSetting.NHS_111);
  }

  private static PlanQuery query(Author author, ActivityCode code, CareSetting setting) {
    return new PlanQuery(
        newMessageId(),
        new ContentDigest("a".repeat(64)),
        CHILD,
        author,
        code,
        Optional.of(setting));
  }

  private static Author device(Asid asid, Organisation organisation) {
    return new Author.Device(asid, organisation, IN_CHARGE, CONSULTANT, Optional.empty());
  }

  private static Organisation elsewhere() {
    return new Organisation(new OdsCode("RJ100"), "Elsewhere");
  }

  private static Sender system(Set<Interaction> interactions, Set<ActivityCode> codes) {
    Sender homerton = homerton();
    return new Sender(
        new AccreditedSystem(
            homerton.system().asid(),
            "Clinical system",
            Optional.empty(),
            Set.of(HOMERTON),
            interactions,
            codes,
            Optional.empty(),
            Optional.empty(),
            SignatureKind.RSA),
        homerton.transport(),
        homerton.signing(),
        "127.0.0.1");
  }
}
