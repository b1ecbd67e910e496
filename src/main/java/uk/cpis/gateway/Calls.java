package uk.cpis.gateway;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.delivery.Recipients;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.directory.RegisteredAuthority.Delivery;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.outbound.AuthorityEndpoint;
import uk.cpis.gateway.outbound.HttpsPost;
import uk.cpis.gateway.outbound.NotificationSender;
import uk.cpis.gateway.outbound.RegisteredServers;
import uk.cpis.gateway.outbound.SignedCall;
import uk.cpis.gateway.pki.CertificateFingerprints;
import uk.cpis.gateway.pki.CertificateVerdict;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.security.RegisteredCertificates;
import uk.cpis.gateway.security.SignerTrust;

/** Puts together what the gateway needs to call the authorities. */
final class Calls {

  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private Calls() {}

  /** The lines to the authorities; closed with the parts. */
  static Recipients open(Opening opening, Trust trust) {
    GatewayConfig settings = opening.settings();
    OwnKeys own = trust.own();
    Directory directory = trust.directory();
    InstantSource clock = opening.clock();
    RegisteredServers servers = new RegisteredServers();
    GatewayKeys keys = own.current();
    TlsEndpoint tls = tls(keys, servers);
    HttpsPost post =
        opening.opened(
            new HttpsPost(
                tls.context(), tls.parameters(), Settings.ofOutbound(settings.outbound())));
    own.follow(
        now -> {
          TlsEndpoint renewed = tls(now, servers);
          post.renew(renewed.context(), renewed.parameters());
        });
    MessageSigner signer = new MessageSigner(clock, settings.messages().life());
    SignedCall call =
        new SignedCall(
            post,
            (envelope, headers, kind) -> signer.sign(envelope, headers, own.signing(kind)),
            new MessageVerifier(
                ParserLimits.ofQuery(),
                Settings.ofMessages(settings.messages()),
                SignerTrust.of(keys.paths()).remembered(Doors.TRUST_MEMORY),
                RegisteredCertificates.following(directory::registeredSigningCertificates),
                clock));
    AnswersDoubted answers = new AnswersDoubted();
    NotificationSender sender =
        new NotificationSender(
            call, settings.asid(), code -> endpoint(directory, code), servers, answers::doubted);
    return new Recipients(
        directory::isToBeDelivered,
        (code, delivered) -> directory.tellBy(code, delivered ? Delivery.PUSH : Delivery.PULL),
        notification -> answers.heard(notification.authority(), sender.deliver(notification)));
  }

  private static TlsEndpoint tls(GatewayKeys keys, RegisteredServers servers) {
    return TlsEndpoint.client(
        keys.tlsClient(),
        keys.paths(),
        (host, port, certificate) -> servers.isRegistered(host, port, certificate),
        InstantSource.system(),
        Calls::serverRefused);
  }

  private static Optional<AuthorityEndpoint> endpoint(Directory directory, OdsCode code) {
    return directory
        .endpointOf(code)
        .map(
            registered ->
                new AuthorityEndpoint(
                    registered.address(),
                    registered.receiver(),
                    fingerprints(registered.transport()),
                    fingerprints(registered.signing()),
                    registered.signatureKind()));
  }

  private static Set<CertificateFingerprint> fingerprints(
      Collection<X509Certificate> certificates) {
    return certificates.stream()
        .map(CertificateFingerprints::of)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void serverRefused(CertificateVerdict.Refused refused) {
    LOG.warn("CPG-AUTHORITY-TLS a server's certificate was refused: {}", refused.explanation());
  }
}
