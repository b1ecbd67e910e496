package uk.cpis.gateway.outbound;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.pki.CertificateVerdict.Refused;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.security.Freshness;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.security.SignerTrust;
import uk.cpis.gateway.testing.TestCertificates;

/** The gateway's side of deliveries, wired as the root wires it, with what it told its operator. */
final class GatewaySide implements AutoCloseable {
  static final Asid ASID = new Asid("200000000001");

  private static final InstantSource CLOCK = InstantSource.system();

  private final RegisteredServers servers = new RegisteredServers();
  private final Map<OdsCode, AuthorityEndpoint> registered = new ConcurrentHashMap<>();
  private final List<AuthorityAlert> alerts = new CopyOnWriteArrayList<>();
  private final List<Refused> refusals = new CopyOnWriteArrayList<>();
  private final HttpsPost post;
  private final NotificationSender sender;

  GatewaySide(Duration call) {
    DevelopmentCertificates certificates = TestCertificates.all();
    TlsEndpoint tls =
        TlsEndpoint.client(
            certificates.of(Group.GATEWAY, "tls-client").keyMaterial(),
            TestCertificates.paths(),
            servers::isRegistered,
            CLOCK,
            refusals::add);
    MessageSigner signer = new MessageSigner(CLOCK, Duration.ofMinutes(5));
    KeyMaterial rsa = certificates.of(Group.GATEWAY, "signing-rsa").keyMaterial();
    KeyMaterial ec = certificates.of(Group.GATEWAY, "signing-ec").keyMaterial();
    MessageVerifier verifier =
        new MessageVerifier(
            ParserLimits.ofQuery(),
            Freshness.standard(),
            SignerTrust.of(TestCertificates.paths()),
            reference -> List.of(),
            CLOCK);
    this.post =
        new HttpsPost(
            tls.context(), tls.parameters(), OutboundSettings.of(Duration.ofSeconds(5), call));
    SignedCall signedCall =
        new SignedCall(
            post,
            (envelope, headers, kind) ->
                signer.sign(envelope, headers, kind == SignatureKind.EC ? ec : rsa),
            verifier);
    this.sender =
        new NotificationSender(
            signedCall,
            ASID,
            authority -> Optional.ofNullable(registered.get(authority)),
            servers,
            alerts::add);
  }

  NotificationSender sender() {
    return sender;
  }

  void register(OdsCode authority, AuthorityEndpoint endpoint) {
    registered.put(authority, endpoint);
  }

  List<AuthorityAlert> alerts() {
    return alerts;
  }

  List<Refused> refusals() {
    return refusals;
  }

  @Override
  public void close() {
    post.close();
  }

  /** The endpoint of an authority with its certificates of the development PKI. */
  static AuthorityEndpoint endpoint(URI address, OdsCode authority, SignatureKind kind) {
    DevelopmentCertificates certificates = TestCertificates.all();
    return new AuthorityEndpoint(
        address,
        asidOf(authority),
        Set.of(certificates.authorityTls(authority).fingerprint()),
        Set.of(certificates.authoritySigning(authority).fingerprint()),
        kind);
  }

  static Asid asidOf(OdsCode authority) {
    return new Asid("3000000000" + (10 + TestCertificates.AUTHORITIES.indexOf(authority)));
  }
}
