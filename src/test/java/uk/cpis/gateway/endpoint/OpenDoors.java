package uk.cpis.gateway.endpoint;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.AcknowledgeOutcome;
import uk.cpis.gateway.domain.Acknowledgement;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.CollectOutcome;
import uk.cpis.gateway.domain.HistoryOutcome;
import uk.cpis.gateway.domain.HoldingsOutcome;
import uk.cpis.gateway.domain.PlanQuery;
import uk.cpis.gateway.domain.QueryOutcome;
import uk.cpis.gateway.domain.RecordOutcome;
import uk.cpis.gateway.domain.RefusalNote;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.domain.SubmissionOutcome;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.security.Freshness;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.RegisteredCertificates;
import uk.cpis.gateway.security.ServerSecurity;
import uk.cpis.gateway.security.SignerTrust;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestSystem;
import uk.cpis.gateway.wire.PageTokens;

/**
 * The real endpoints over real TLS and signatures, in front of services that note what reaches them
 * and answer as they are told.
 */
final class OpenDoors implements AutoCloseable {

  static final InstantSource CLOCK = InstantSource.system();

  private static final List<TestSystem> SYSTEMS =
      List.of(
          TestSystem.homerton(),
          TestSystem.nhs111(),
          TestSystem.towerHamlets(),
          TestSystem.hackney());

  /** Everything that came as far as a service. */
  final List<Object> arrived = Collections.synchronizedList(new ArrayList<>());

  /** The rejections that were audited. */
  final List<RejectionReason> audited = Collections.synchronizedList(new ArrayList<>());

  volatile Function<PlanQuery, QueryOutcome> answer =
      query -> new QueryOutcome.Answered(Instant.now(), List.of(), List.of());

  /** What was noted of each refusal. */
  final List<RefusalNote> noted = new CopyOnWriteArrayList<>();

  /** The causes of refusals without a reference. */
  final List<String> counted = new CopyOnWriteArrayList<>();

  private final Endpoints endpoints;

  private OpenDoors(List<URI> addresses, EndpointSecurity security) {
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            addresses,
            new HttpSettings.Limits(50, 16, 8, new HttpSettings.PerSender(50, 8, 1_000)),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));
    TlsEndpoint tls =
        TlsEndpoint.server(gateway("tls-server"), TestCertificates.paths(), CLOCK, refused -> {});
    Endpoints.Identity identity =
        new Endpoints.Identity(
            TestSystem.GATEWAY,
            tls.context(),
            tls.parameters(),
            security,
            (transport, signing, claimed) -> "no system of the test",
            certificate -> false,
            new PageTokens(new byte[32]));
    this.endpoints =
        Endpoints.publish(
            settings,
            identity,
            services(),
            new RefusalRecords(
                (message, sender, reason) -> audited.add(reason),
                noted::add,
                (certificate, cause) -> counted.add(cause)));
  }

  static OpenDoors open() {
    return open(List.of(), security());
  }

  /** Known by these addresses, with this security. */
  static OpenDoors open(List<URI> addresses, EndpointSecurity security) {
    return new OpenDoors(addresses, security);
  }

  TestClient client(TestSystem system, String... tlsVersions) {
    return new TestClient(endpoints.addresses().get(0), system, CLOCK, tlsVersions);
  }

  int port() {
    return endpoints.port();
  }

  @Override
  public void close() {
    endpoints.close();
  }

  private static EndpointSecurity security() {
    return (addresses, limits, refusals) ->
        new ServerSecurity(
            addresses,
            new MessageVerifier(
                limits,
                Freshness.standard(),
                SignerTrust.of(TestCertificates.paths()),
                RegisteredCertificates.of(List.of()),
                CLOCK),
            new MessageSigner(CLOCK, Duration.ofMinutes(5)),
            kind -> gateway(kind == SignatureKind.RSA ? "signing-rsa" : "signing-ec"),
            OpenDoors::find,
            refusals);
  }

  private static Optional<AccreditedSystem> find(
      CertificateFingerprint transport, CertificateFingerprint signing, Asid claimed) {
    return SYSTEMS.stream()
        .filter(each -> each.tls().fingerprint().equals(transport))
        .filter(each -> each.signing().fingerprint().equals(signing))
        .map(TestSystem::system)
        .filter(system -> system.asid().equals(claimed))
        .findFirst();
  }

  private Services services() {
    return new Services(
        (query, sender) -> {
          arrived.add(query);
          return answer.apply(query);
        },
        (submission, sender) -> {
          arrived.add(submission);
          return new SubmissionOutcome.Acknowledged(
              Acknowledgement.of(
                  submission.records().stream()
                      .map(record -> RecordOutcome.loaded(record.localIdentifier()))
                      .toList()));
        },
        (request, sender) -> {
          arrived.add(request);
          return new HoldingsOutcome.Page(
              Instant.now(), Optional.empty(), 0, List.of(), Optional.empty());
        },
        (request, sender) -> {
          arrived.add(request);
          return new HistoryOutcome.Shown(Instant.now(), List.of());
        },
        (request, sender) -> {
          arrived.add(request);
          return new CollectOutcome.Collected(List.of(), 0);
        },
        (request, sender) -> {
          arrived.add(request);
          return new AcknowledgeOutcome.Acknowledged(List.of());
        });
  }

  static KeyMaterial gateway(String name) {
    return TestCertificates.all().of(Group.GATEWAY, name).keyMaterial();
  }
}
