package uk.cpis.gateway;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.audit.Sealer;
import uk.cpis.gateway.delivery.Delivery;
import uk.cpis.gateway.directory.Directory;
import uk.cpis.gateway.endpoint.EndpointSecurity;
import uk.cpis.gateway.endpoint.Endpoints;
import uk.cpis.gateway.endpoint.Pace;
import uk.cpis.gateway.operations.Health;
import uk.cpis.gateway.pki.CertificateVerdict;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.queue.Lanes;
import uk.cpis.gateway.queue.QueueException;
import uk.cpis.gateway.refusals.RefusalBook;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.PeerTrust;
import uk.cpis.gateway.security.RegisteredCertificates;
import uk.cpis.gateway.security.ServerSecurity;
import uk.cpis.gateway.security.SignerTrust;
import uk.cpis.gateway.store.DiskGauge;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreException;
import uk.cpis.gateway.watch.Watch;
import uk.cpis.gateway.wire.PageTokens;

/** Puts together what the gateway's own doors need: who it is, and whether it is well. */
final class Doors {

  private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

  /** How much later than its list a revocation is noticed, at the most. */
  static final Duration TRUST_MEMORY = Duration.ofMinutes(1);

  /** How many refused certificates of one kind are told in a minute. */
  private static final int LINES_A_MINUTE = 20;

  private Doors() {}

  static Endpoints.Identity identity(
      GatewayConfig settings,
      OwnKeys own,
      TlsEndpoint tls,
      Directory directory,
      InstantSource clock) {
    GatewayKeys keys = own.current();
    MessageSigner signer = new MessageSigner(clock, settings.messages().life());
    RegisteredCertificates registered =
        RegisteredCertificates.following(directory::registeredSigningCertificates);
    SignerTrust trust = SignerTrust.of(keys.paths()).remembered(TRUST_MEMORY);
    SignerTrust callers = SignerTrust.ofCallers(keys.paths()).remembered(TRUST_MEMORY);
    PeerTrust peers = new PeerTrust(callers, InstantSource.system(), trust, clock);
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
        new PageTokens(GatewayKeys.ofStore(settings.store()).secretFor("page tokens")));
  }

  /** TLS towards those who call, with the keys of the time; counts who is refused. */
  static Function<GatewayKeys, TlsEndpoint> tls(RefusalBook refused) {
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

  /**
   * Without the store, or room for it, no query can be answered; without the broker notifications
   * wait.
   */
  static Health health(
      Store store,
      DiskGauge disk,
      Lanes lanes,
      Delivery delivery,
      Watch watch,
      Health.Check demographics,
      Housekeeping housekeeping,
      Sealer sealer,
      Backups backups,
      SizeBudget size,
      RevocationLists revocationLists,
      List<Health.Check> others) {
    return new Health(
        Stream.concat(
                Stream.of(
                    new Health.Check("store", true, () -> faultOf(store)),
                    new Health.Check("disk", true, disk::fault, disk::state),
                    new Health.Check("broker", false, () -> faultOf(lanes)),
                    new Health.Check("delivery", false, () -> faultOf(delivery)),
                    new Health.Check("deadlines", false, () -> faultOf(watch)),
                    demographics,
                    new Health.Check("retention", false, housekeeping::fault, housekeeping::state),
                    new Health.Check("audit seals", false, sealer::fault, sealer::state),
                    new Health.Check("store size", false, size::fault, size::state),
                    new Health.Check("backup", false, backups::fault, backups::state),
                    new Health.Check("revocation lists", false, revocationLists::fault)),
                others.stream())
            .toList());
  }

  private static Optional<String> faultOf(Store store) {
    try {
      store.check();
      return Optional.empty();
    } catch (StoreException e) {
      if (e.damaged()) {
        return Optional.of("the store is damaged, see CPG-STORE-DAMAGED in the log");
      }
      LOG.error("the store does not answer", e);
      return Optional.of("the store does not answer");
    }
  }

  private static Optional<String> faultOf(Lanes lanes) {
    try {
      lanes.check();
      return Optional.empty();
    } catch (QueueException e) {
      return Optional.of("the broker does not answer; notifications wait in the store");
    }
  }

  private static Optional<String> faultOf(Delivery delivery) {
    return delivery.working()
        ? Optional.empty()
        : Optional.of("a worker has ended, see CPG-WORK-ENDED in the log; start the gateway again");
  }

  private static Optional<String> faultOf(Watch watch) {
    try {
      return watch.breach();
    } catch (StoreException e) {
      return Optional.of("cannot be known while the store does not answer");
    }
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
