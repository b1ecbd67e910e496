package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.contract.query.AuthorityRecordsType;
import uk.cpis.gateway.contract.query.PlanQueryRequest;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.types.PlanStatusCode;
import uk.cpis.gateway.contract.types.SearchOutcomeCode;
import uk.cpis.gateway.contract.types.ShownAccessType;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.security.AddressingVersion;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestSystem;

/** Signed queries over mutual TLS, answered by the whole gateway. */
class QueryIT {

  private static final String NOT_ON_THE_REGISTER = "9990000042";

  private static TestGateway gateway;

  @TempDir private static Path folder;

  private final TestSystem homerton = TestSystem.homerton();

  @BeforeAll
  static void open() {
    gateway = TestGateway.open(folder);
    load(TestSystem.towerHamlets(), TestGateway.LUCJA, PlanType.LOOKED_AFTER, "020 7946 0011");
    load(TestSystem.hackney(), TestGateway.LUCJA, PlanType.CHILD_PROTECTION, "020 7946 0012");
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @Test
  void findsTheRecordsOfEveryAuthorityWithItsTelephones() {
    PlanQueryResponse answer = ask(gateway.client(homerton), TestGateway.LUCJA.number().digits());

    assertThat(answer.getOutcome()).isEqualTo(SearchOutcomeCode.RECORDS_FOUND);
    assertThat(answer.getAuthorityRecords())
        .extracting(QueryIT::inWords)
        .containsExactlyInAnyOrder("TWH 020 7946 0011 LAC", "HCK 020 7946 0012 CPP");
    assertThat(answer.getAuthorityRecords().get(0).getRecord().get(0).getStatus())
        .isEqualTo(PlanStatusCode.ACTIVE);
    assertThat(answer.getSystems().getReceiverAsid()).isEqualTo(homerton.asid().digits());
  }

  @Test
  void showsTheAskersOwnAccess() {
    PlanQueryResponse answer = ask(gateway.client(homerton), TestGateway.LUCJA.number().digits());

    assertThat(answer.getAccess())
        .extracting(ShownAccessType::getUserName)
        .contains("Dr Siân Ó Briain-Example");
  }

  @Test
  void saysDefinitelyThatNothingIsHeld() {
    PlanQueryResponse answer = ask(gateway.client(homerton), NOT_ON_THE_REGISTER);

    assertThat(answer.getOutcome()).isEqualTo(SearchOutcomeCode.NO_RECORDS_FOUND);
    assertThat(answer.getAuthorityRecords()).isEmpty();
    assertThat(answer.getAccess()).isEmpty();
  }

  @Test
  void answersInTheAddressingVersionItWasAskedIn() {
    TestClient client = gateway.client(homerton);
    for (AddressingVersion version : AddressingVersion.values()) {
      TestMessage message = query(client, NOT_ON_THE_REGISTER).in(version);

      assertThat(client.send(message).verified().version()).isEqualTo(version);
    }
  }

  @Test
  void answersOverTls12And13() {
    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      PlanQueryResponse answer = ask(gateway.client(homerton, version), NOT_ON_THE_REGISTER);

      assertThat(answer.getOutcome()).isEqualTo(SearchOutcomeCode.NO_RECORDS_FOUND);
    }
  }

  @Test
  void signsWithTheKindOfKeyTheSystemIsRegisteredFor() {
    TestClient rsa = gateway.client(homerton);
    TestClient ec = gateway.client(TestSystem.nhs111());

    assertThat(rsa.send(query(rsa, NOT_ON_THE_REGISTER)).verified().signer().getPublicKey())
        .matches(key -> key.getAlgorithm().equals("RSA"));
    assertThat(ec.send(query(ec, NOT_ON_THE_REGISTER)).verified().signer().getPublicKey())
        .matches(key -> key.getAlgorithm().equals("EC"));
  }

  @Test
  void answersTheSameMessageAgain() {
    TestClient client = gateway.client(homerton);
    TestMessage message = query(client, TestGateway.LUCJA.number().digits());

    PlanQueryResponse first = client.send(message).answer(PlanQueryResponse.class);
    PlanQueryResponse again = client.send(message).answer(PlanQueryResponse.class);

    assertThat(again.getAnsweredAt()).isEqualTo(first.getAnsweredAt());
    assertThat(again.getAccess()).hasSameSizeAs(first.getAccess());
  }

  @Test
  void refusesOtherContentUnderTheSameId() {
    TestClient client = gateway.client(homerton);
    TestMessage message = query(client, TestGateway.LUCJA.number().digits());
    client.send(message).answer(PlanQueryResponse.class);

    TestReply reply = client.send(query(client, NOT_ON_THE_REGISTER).withId(message.id()));

    assertThat(reply.fault().codes()).containsExactly("CPG-610");
  }

  @Test
  void refusesAnOrganisationThatTheSystemIsNotRegisteredFor() {
    TestClient client = gateway.client(homerton);
    PlanQueryRequest query = Queries.of(homerton, NOT_ON_THE_REGISTER);
    query.getAuthor().getPerson().getOrganisation().setCode("RXX99");

    assertThat(client.send(Interaction.QUERY, query).fault().codes()).containsExactly("CPG-604");
  }

  private static String inWords(AuthorityRecordsType records) {
    return records.getLocalAuthority().getCode()
        + " "
        + records.getLocalAuthority().getContacts().getEmergencyDutyTelephone()
        + " "
        + records.getRecord().get(0).getPlanType();
  }

  private static TestMessage query(TestClient client, String number) {
    return client.message(Interaction.QUERY, Queries.of(client.system(), number));
  }

  private static PlanQueryResponse ask(TestClient client, String number) {
    return client.send(query(client, number)).answer(PlanQueryResponse.class);
  }

  private static void load(
      TestSystem system, DemographicPerson person, PlanType type, String telephone) {
    LocalDate start = LondonDay.of(gateway.clock().instant()).minusDays(10);
    SubmissionAcknowledgementType acknowledged =
        gateway
            .client(system)
            .send(
                Interaction.UPDATE,
                Submissions.update(system, 1, telephone, Submissions.record(person, type, start)))
            .answer(SubmissionAcknowledgementType.class);
    assertThat(acknowledged.getFileCode().value()).isEqualTo("CPF02");
  }
}
