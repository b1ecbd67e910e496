package uk.cpis.gateway;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.endpoint.EndpointSecurity;
import uk.cpis.gateway.endpoint.Endpoints;
import uk.cpis.gateway.endpoint.Pace;
import uk.cpis.gateway.endpoint.Services;
import uk.cpis.gateway.pki.CertificateFingerprints;
import uk.cpis.gateway.pki.CertificateVerdict;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.refusals.RefusalBook;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.PeerTrust;
import uk.cpis.gateway.security.RegisteredCertificates;
import uk.cpis.gateway.security.ServerSecurity;
import uk.cpis.gateway.security.SignerTrust;
import uk.cpis.gateway.wire.PageTokens;

/** The gateway's web services: who it is there, whom it lets in, and what lies behind. */
final class Doors {

  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

  /** How much later than its list a revocation is noticed, at the most. */
  static final Duration TRUST_MEMORY = Duration.ofMinutes(1);

  /** How many refused certificates of one kind are told in a minute. */
  private static final int LINES_A_MINUTE = 20;

  private Doors() {}

  /** Opens the port and serves; keys and trust that change are followed from now on. */
  static Endpoints open(
      Opening opening, Ground ground, Trust trust, Evidence evidence, Services services) {
    GatewayConfig settings = opening.settings();
    OwnKeys own = trust.own();
    Function<GatewayKeys, TlsEndpoint> callers = tls(evidence.refusals());
    Endpoints endpoints =
        opening.opened(
            Endpoints.publish(
                Settings.ofHttp(settings.http(), connections(settings.http(), trust.directory())),
                identity(opening, trust, callers.apply(own.current())),
                new WhileThereIsRoom(ground.disk()::low).of(services),
                evidence.records()));
    own.follow(now -> endpoints.renew(callers.apply(now).context()));
    own.trustChanged(); // what changed since the start, and nobody followed yet
    return endpoints;
  }

  private static int connections(GatewayConfig.Http http, Directory directory) {
    int lanes = directory.authorities().size();
    return FilesLeft.now()
        .map(files -> files.connections(http.connections(), lanes))
        .orElse(http.connections());
  }

  private static Endpoints.Identity identity(Opening opening, Trust known, TlsEndpoint tls) {
    GatewayConfig settings = opening.settings();
    InstantSource clock = opening.clock();
    OwnKeys own = known.own();
    Directory directory = known.directory();
    GatewayKeys keys = own.current();
    MessageSigner signer = new MessageSigner(clock, settings.messages().life());
    RegisteredCertificates registered =
        RegisteredCertificates.following(directory::registeredSigningCertificates);
    SignerTrust trust = SignerTrust.of(keys.paths()).remembered(TRUST_MEMORY);
    SignerTrust callers = SignerTrust.ofCallers(keys.paths()).remembered(TRUST_MEMORY);
    PeerTrust peers = new PeerTrust(callers, InstantSource.system());
    EndpointSecurity security =
        (addresses, limits, refusals) ->
            new ServerSecurity(
                addresses,
                new MessageVerifier(
                        limits, Settings.ofMessages(settings.messages()), trust, registered, clock)
                    .keeping(settings.audit().requests()),
                signer,
                own::signing,
                directory::system,
                Optional.of(peers),
                refusals);
    return new Endpoints.Identity(
        settings.asid(),
        tls.context(),
        tls.parameters(),
        security,
        directory::disagreement,
        caller ->
            directory.shutOut(CertificateFingerprints.of(caller))
                || peers.objection(caller).isPresent(),
        new PageTokens(GatewayKeys.ofStore(settings.store()).secretFor("page tokens")));
  }

  /** TLS towards those who call, with the keys of the time; counts who is refused. */
  private static Function<GatewayKeys, TlsEndpoint> tls(RefusalBook refused) {
    Pace pace = new Pace(LINES_A_MINUTE);
    return keys ->
        TlsEndpoint.server(
            keys.tlsServer(),
            keys.paths(),
            InstantSource.system(),
            verdict -> {
              refused.count(Optional.empty(), "CERTIFICATE_" + verdict.fault());
              clientRefused(verdict, pace);
            });
  }

  /** Anybody can make certificates by the thousand, so they are counted by what is wrong. */
  static void clientRefused(CertificateVerdict.Refused refused, Pace pace) {
    pace.next(refused.fault())
        .ifPresent(
            before ->
                LOG.warn(
                    "CPG-CLIENT-TLS a client's certificate was refused: {} heldBack={}",
                    refused.explanation(),
                    before));
  }
}
