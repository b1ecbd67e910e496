package uk.cpis.gateway.attack;

import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import uk.cpis.gateway.contract.mailbox.AcknowledgeRequest;
import uk.cpis.gateway.contract.mailbox.CollectRequest;
import uk.cpis.gateway.contract.submission.AccessHistoryRequest;
import uk.cpis.gateway.contract.submission.AuthorityUserType;
import uk.cpis.gateway.contract.submission.HoldingsRequest;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.contract.types.StaffNameType;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMailbox;
import uk.cpis.gateway.testing.TestSystem;

/** The messages that the gateway takes, each of a system that may send it. */
enum Kind {
  QUERY(Interaction.QUERY, TestSystem.homerton(), "9990000018", "9990000026"),
  QUERY_EC(Interaction.QUERY, TestSystem.nhs111(), "9990000018", "9990000026"),
  UPDATE(Interaction.UPDATE, TestSystem.towerHamlets(), "9990000018", "9990000026"),
  DELETE(Interaction.DELETE, TestSystem.towerHamlets(), "9990000026", "9990000018"),
  HOLDINGS(Interaction.HOLDINGS, TestSystem.towerHamlets(), "TWH", "HCK"),
  HISTORY(Interaction.ACCESS_HISTORY, TestSystem.towerHamlets(), "9990000018", "9990000026"),
  COLLECT(Interaction.COLLECT, TestSystem.towerHamlets(), "TWH", "HCK"),
  ACKNOWLEDGE(Interaction.ACKNOWLEDGE, TestSystem.towerHamlets(), "TWH", "HCK");

  private static final AtomicLong SEQUENCE = new AtomicLong();

  private final Interaction interaction;
  private final TestSystem system;
  private final String real;
  private final String forged;

  Kind(Interaction interaction, TestSystem system, String real, String forged) {
    this.interaction = interaction;
    this.system = system;
    this.real = real;
    this.forged = forged;
  }

  Interaction interaction() {
    return interaction;
  }

  TestSystem system() {
    return system;
  }

  String path() {
    return "/" + service();
  }

  String service() {
    return switch (interaction) {
      case QUERY -> "query";
      case COLLECT, ACKNOWLEDGE -> "mailbox";
      default -> "submission";
    };
  }

  ParserLimits limits() {
    return service().equals("submission") ? ParserLimits.ofSubmission() : ParserLimits.ofQuery();
  }

  /** The same text about another child, or another authority. */
  String forged(String text) {
    return text.replace(real, forged);
  }

  /** A new body that is in order. */
  Object body() {
    return switch (this) {
      case QUERY, QUERY_EC -> Queries.of(system, real);
      case UPDATE ->
          Submissions.update(
              system,
              SEQUENCE.incrementAndGet(),
              "020 7946 0001",
              Submissions.record(
                  TestGateway.LUCJA, PlanType.CHILD_PROTECTION, LocalDate.of(2026, 1, 2)));
      case DELETE ->
          Submissions.delete(
              system, SEQUENCE.incrementAndGet(), PlanType.CHILD_PROTECTION, TestGateway.SIAN);
      case HOLDINGS -> holdings();
      case HISTORY -> history();
      case COLLECT -> collect();
      case ACKNOWLEDGE -> acknowledge();
    };
  }

  private HoldingsRequest holdings() {
    HoldingsRequest request = new HoldingsRequest();
    request.setSystems(Queries.systems(system.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode(real);
    request.setPageSize(10);
    return request;
  }

  private AccessHistoryRequest history() {
    StaffNameType name = new StaffNameType();
    name.setFamilyName("Example-Worker");
    AuthorityUserType user = new AuthorityUserType();
    user.setUserId("worker-1");
    user.setName(name);
    AccessHistoryRequest request = new AccessHistoryRequest();
    request.setSystems(Queries.systems(system.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode(Submissions.authorityCode(system));
    request.setUser(user);
    request.setNhsNumber(real);
    return request;
  }

  private CollectRequest collect() {
    CollectRequest request = new CollectRequest();
    request.setSystems(Queries.systems(system.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode(real);
    request.setLimit(1);
    return request;
  }

  private AcknowledgeRequest acknowledge() {
    AcknowledgeRequest request = new AcknowledgeRequest();
    request.setSystems(Queries.systems(system.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode(real);
    request.getItem().add(TestMailbox.item(UUID.randomUUID().toString(), AnswerCode.ACCEPTED));
    return request;
  }
}
