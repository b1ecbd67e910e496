package uk.cpis.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.types.SearchOutcomeCode;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.directory.AuthorityEndpoint;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.testing.Queries;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestSystem;

/** What the tests of faults do with a gateway: one child is held, looked at, and told of. */
record Scene(TestGateway gateway) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** The authority is delivered to here; an expired certificate of its own is registered too. */
  static RegisteredAuthority delivered(
      TestSystem system, String telephone, FaultyAuthority receiver) {
    String code = Submissions.authorityCode(system);
    return new RegisteredAuthority(
        TestGateway.collecting(code, "Authority " + code, telephone).authority(),
        RegisteredAuthority.Delivery.PUSH,
        Optional.of(
            new AuthorityEndpoint(
                receiver.address(),
                system.asid(),
                Set.of(system.tls().certificate(), FaultyAuthority.expired().certificate()),
                Set.of(system.signing().certificate()),
                SignatureKind.RSA)));
  }

  /** The authority sends a record of the child. */
  void hold(TestSystem authority) {
    LocalDate lastWeek = LondonDay.of(gateway.clock().instant()).minusDays(7);
    SubmissionAcknowledgementType answer =
        gateway
            .client(authority)
            .send(
                Interaction.UPDATE,
                Submissions.update(
                    authority,
                    1,
                    "020 7946 0011",
                    Submissions.record(TestGateway.LUCJA, PlanType.LOOKED_AFTER, lastWeek)))
            .answer(SubmissionAcknowledgementType.class);
    assertThat(answer.getFileCode().value()).isEqualTo("CPF02");
  }

  /** A clinician looks at the child and is answered. */
  void look() {
    TestSystem homerton = TestSystem.homerton();
    PlanQueryResponse answer =
        gateway
            .client(homerton)
            .send(Interaction.QUERY, Queries.of(homerton, TestGateway.LUCJA.number().digits()))
            .answer(PlanQueryResponse.class);
    assertThat(answer.getOutcome()).isEqualTo(SearchOutcomeCode.RECORDS_FOUND);
  }

  LaneStatus lane(OdsCode authority) {
    return gateway.gateway().lanes().stream()
        .filter(each -> each.authority().equals(authority))
        .findFirst()
        .orElseThrow();
  }

  /** What health says, all parts. */
  String health() {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(URI.create(gateway.gateway().operations() + "/health"))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new IllegalStateException("no health", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
