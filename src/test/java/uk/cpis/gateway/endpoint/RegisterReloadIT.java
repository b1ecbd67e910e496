package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static uk.cpis.gateway.testing.Examples.OPERATOR;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.Gateway;
import uk.cpis.gateway.contract.mailbox.CollectRequest;
import uk.cpis.gateway.contract.mailbox.CollectResponse;
import uk.cpis.gateway.contract.mailbox.MailboxItemType;
import uk.cpis.gateway.demographics.PeopleFile;
import uk.cpis.gateway.domain.AuditEntry;
import uk.cpis.gateway.domain.AuditEvent;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.DemographicPerson.Status;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.store.AuditRecord;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.testing.GatewayFolder;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestStore;
import uk.cpis.gateway.testing.TestSystem;

/** The local register changed while the gateway runs, over the wire: rules 15 and 19. */
class RegisterReloadIT {

  private static final NhsNumber BABY = new NhsNumber("9990000050");

  @TempDir private Path folder;
  private final InstantSource clock = InstantSource.system();
  private final LocalDate today = LondonDay.of(clock.instant());
  private final TestSystem towerHamlets = TestSystem.towerHamlets();

  @Test
  void anOperatorHasTheChangedFileLoadedAndEachNewsIsToldOnceRestartOrNot() throws Exception {
    Path configuration =
        new GatewayFolder(
                List.of(towerHamlets), List.of(TestGateway.LUCJA, TestGateway.MOTHER), Map.of())
            .write(folder);
    try (Gateway gateway = open(configuration)) {
      send(gateway);
      Files.writeString(folder.resolve("people.csv"), "nhs_number\n");
      assertThat(load(gateway).statusCode()).isEqualTo(422);

      PeopleFile.write(
          folder.resolve("people.csv"), List.of(sensitive(), TestGateway.MOTHER, baby()));
      assertThat(load(gateway).body()).contains("\"added\" : 1", "\"changed\" : 1");
      assertThat(load(gateway).body()).contains("\"added\" : 0", "\"changed\" : 0");
    }
    try (Gateway again = open(configuration)) {
      assertThat(collected(again))
          .extracting(
              item -> item.getWithdrawalNotification() != null,
              item ->
                  Optional.ofNullable(item.getBirthNotification())
                      .map(birth -> birth.getBabyNhsNumber()))
          .containsExactlyInAnyOrder(
              tuple(true, Optional.empty()), tuple(false, Optional.of(BABY.digits())));
    }
    try (Store store = TestStore.open(folder.resolve("store"))) {
      assertThat(
              store.read(tx -> tx.audit().after(0, 1_000)).stream()
                  .map(AuditRecord::entry)
                  .filter(entry -> entry.event() == AuditEvent.REGISTER_LOADED)
                  .toList())
          .allMatch(entry -> entry.operator().equals(Optional.of(OPERATOR)))
          .extracting(AuditEntry::outcome)
          .containsExactly("REFUSED", "LOADED", "LOADED");
    }
  }

  private void send(Gateway gateway) {
    client(gateway)
        .send(
            Interaction.UPDATE,
            Submissions.update(
                towerHamlets,
                1,
                "020 7946 0009",
                Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, today.minusDays(7)),
                Submissions.record(TestGateway.MOTHER, PlanType.UNBORN, today.minusDays(7))));
  }

  private static HttpResponse<String> load(Gateway gateway) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.operations().resolve("/register/load"))
            .header("X-Operator", "a.operator")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private List<MailboxItemType> collected(Gateway gateway) {
    CollectRequest request = new CollectRequest();
    request.setSystems(Queries.systems(towerHamlets.asid(), TestSystem.GATEWAY));
    request.setLocalAuthorityCode("TWH");
    request.setLimit(100);
    return client(gateway)
        .send(Interaction.COLLECT, request)
        .answer(CollectResponse.class)
        .getNotification();
  }

  private Gateway open(Path configuration) {
    return Gateway.open(Configuration.read(configuration, Map.of()).settings(), clock);
  }

  private TestClient client(Gateway gateway) {
    return new TestClient(gateway.addresses().get(0), towerHamlets, clock);
  }

  private static DemographicPerson sensitive() {
    return new DemographicPerson(
        TestGateway.LUCJA.number(),
        TestGateway.LUCJA.familyName(),
        TestGateway.LUCJA.givenNames(),
        TestGateway.LUCJA.dateOfBirth(),
        Status.SENSITIVE,
        Optional.empty(),
        Optional.empty());
  }

  private DemographicPerson baby() {
    return new DemographicPerson(
        BABY,
        "Example-Mother",
        List.of("Baby"),
        today,
        Status.CURRENT,
        Optional.empty(),
        Optional.of(TestGateway.MOTHER.number()));
  }
}
