package uk.cpis.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.cpis.gateway.domain.AccessNotification;
import uk.cpis.gateway.domain.AuthorityAnswer;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.DeliveryOutcome;
import uk.cpis.gateway.domain.DeliveryOutcome.Deferred;
import uk.cpis.gateway.domain.DeliveryOutcome.Settled;
import uk.cpis.gateway.domain.DeliveryOutcome.Undeliverable;
import uk.cpis.gateway.domain.DeliveryOutcome.Unreachable;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.domain.Telephone;
import uk.cpis.gateway.pki.CertificateFault;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.simulator.AuthorityBehaviour;
import uk.cpis.gateway.simulator.AuthoritySystem;
import uk.cpis.gateway.simulator.FollowUpTask;
import uk.cpis.gateway.simulator.GatewayIdentity;
import uk.cpis.gateway.simulator.PartnerWorld;
import uk.cpis.gateway.simulator.SimulatedAuthorities;
import uk.cpis.gateway.simulator.SimulatedAuthority;
import uk.cpis.gateway.simulator.SimulatorFolder;
import uk.cpis.gateway.simulator.Steps;
import uk.cpis.gateway.testing.SampleNotifications;
import uk.cpis.gateway.testing.TestCertificates;

/** Deliveries over real TLS with real signatures to simulated authorities. */
class NotificationSenderIT {
  private static final OdsCode TWH = new OdsCode("TWH");
  private static final OdsCode HCK = new OdsCode("HCK");
  private static final OdsCode BIR = new OdsCode("BIR");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DevelopmentCertificates certificates = TestCertificates.all();
  private SimulatedAuthorities authorities;
  private GatewaySide gateway;

  @BeforeEach
  void open() {
    authorities = open(certificates.authoritySigning(TWH).keyMaterial());
    gateway = gateway(PATIENCE);
  }

  @AfterEach
  void close() {
    gateway.close();
    authorities.close();
  }

  @Test
  void settlesWhatTheAuthorityAcceptsAndATaskIsMade() {
    DeliveryOutcome outcome = gateway.sender().deliver(SampleNotifications.of(TWH));

    assertThat(outcome).isEqualTo(new Settled(AuthorityAnswer.ACCEPTED));
    assertThat(authorities.of(TWH).tasks())
        .singleElement()
        .extracting(FollowUpTask::text)
        .asString()
        .startsWith("Ring 020 7946 0000 (Homerton University Hospital emergency department).")
        .contains("Łucja Siân Ó Briain");
  }

  @Test
  void signsWithEcForAnAuthorityRegisteredForIt() {
    assertThat(gateway.sender().deliver(SampleNotifications.of(BIR)))
        .isEqualTo(new Settled(AuthorityAnswer.ACCEPTED));
  }

  @Test
  void makesNoSecondTaskWhenTheSameNotificationComesAgain() {
    AccessNotification notification = SampleNotifications.of(TWH);

    gateway.sender().deliver(notification);
    DeliveryOutcome again = gateway.sender().deliver(notification);

    assertThat(again).isEqualTo(new Settled(AuthorityAnswer.ACCEPTED));
    assertThat(authorities.of(TWH).tasks()).hasSize(1);
  }

  @Test
  void settlesWhatIsNotTheAuthoritysOwn() {
    authorities.of(TWH).behave(AuthorityBehaviour.NOT_OURS);

    assertThat(gateway.sender().deliver(SampleNotifications.of(TWH)))
        .isEqualTo(new Settled(AuthorityAnswer.NOT_OURS));
    assertThat(authorities.of(TWH).tasks()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"TRY_LATER", "FAIL", "GARBAGE"})
  void defersThisNotificationOnly(AuthorityBehaviour behaviour) {
    authorities.of(TWH).behave(behaviour);

    assertThat(gateway.sender().deliver(SampleNotifications.of(TWH))).isInstanceOf(Deferred.class);
  }

  @Test
  void alertsTheOperatorToAnAnswerThatIsNoSoap() {
    authorities.of(TWH).behave(AuthorityBehaviour.GARBAGE);
    AccessNotification notification = SampleNotifications.of(TWH);

    gateway.sender().deliver(notification);

    assertThat(gateway.alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.notification()).isEqualTo(notification.id());
              assertThat(alert.explanation()).contains("well-formed");
            });
  }

  @Test
  void givesUpWhatTheAuthorityRefusesForGood() {
    authorities.of(TWH).behave(AuthorityBehaviour.REFUSE);

    assertThat(gateway.sender().deliver(SampleNotifications.of(TWH)))
        .isEqualTo(new Undeliverable("fault 201"));
  }

  @Test
  void findsAnAuthorityThatIsDownUnreachable() {
    authorities.of(TWH).behave(AuthorityBehaviour.UNAVAILABLE);

    assertThat(gateway.sender().deliver(SampleNotifications.of(TWH)))
        .isEqualTo(new Unreachable("HTTP status 503 without SOAP"));
  }

  @Test
  void findsAStoppedAuthorityUnreachableAndReachesItAgainOnceItIsStarted() {
    SimulatedAuthority tower = authorities.of(TWH);
    URI address = tower.address();
    tower.stop();
    DeliveryOutcome stopped = gateway.sender().deliver(SampleNotifications.of(TWH));
    tower.start();
    DeliveryOutcome started = gateway.sender().deliver(SampleNotifications.of(TWH));

    assertThat(stopped).isEqualTo(new Unreachable("the connection is refused"));
    assertThat(started).isEqualTo(new Settled(AuthorityAnswer.ACCEPTED));
    assertThat(tower.address()).isEqualTo(address);
  }

  @Test
  void stopsWaitingForAnAuthorityThatStallsWithoutHoldingUpAnother() {
    gateway.close();
    gateway = gateway(Duration.ofMillis(700));
    authorities.of(TWH).behave(AuthorityBehaviour.STALL);

    DeliveryOutcome stalled = gateway.sender().deliver(SampleNotifications.of(TWH));
    DeliveryOutcome other = gateway.sender().deliver(SampleNotifications.of(HCK));

    assertThat(stalled).isEqualTo(new Unreachable("no answer in time"));
    assertThat(other).isEqualTo(new Settled(AuthorityAnswer.ACCEPTED));
  }

  @Test
  void sendsNothingToAServerWhoseCertificateIsNotRegistered() {
    AuthorityEndpoint hackney = GatewaySide.endpoint(address(TWH), HCK, SignatureKind.RSA);
    gateway.register(HCK, hackney);

    DeliveryOutcome outcome = gateway.sender().deliver(SampleNotifications.of(HCK));

    assertThat(outcome)
        .isEqualTo(
            new Unreachable(
                "TLS failed: the certificate of one side is not accepted by the other"));
    assertThat(gateway.refusals())
        .anyMatch(refused -> refused.fault() == CertificateFault.NOT_REGISTERED);
    assertThat(authorities.of(TWH).tasks()).isEmpty();
  }

  @Test
  void doesNotBelieveAnAnswerSignedWithAnotherAuthoritysCertificate() {
    authorities.close();
    authorities = open(certificates.authoritySigning(HCK).keyMaterial());
    gateway.close();
    gateway = gateway(PATIENCE);

    DeliveryOutcome outcome = gateway.sender().deliver(SampleNotifications.of(TWH));

    assertThat(outcome).isEqualTo(new Deferred("the answer could not be trusted"));
    assertThat(gateway.alerts()).hasSize(1);
  }

  @Test
  void isRefusedByAnAuthorityThatDoesNotKnowItsSignature() {
    authorities.close();
    authorities =
        SimulatedAuthorities.open(
            systems(certificates.authoritySigning(TWH).keyMaterial()),
            world(new GatewayIdentity(GatewaySide.ASID, Set.of())),
            0,
            Steps.UNTOLD);
    gateway.close();
    gateway = gateway(PATIENCE);

    assertThat(gateway.sender().deliver(SampleNotifications.of(TWH))).isInstanceOf(Deferred.class);
    assertThat(authorities.of(TWH).tasks()).isEmpty();
  }

  @Test
  void cannotReachAnAuthorityWithoutAnAddress() {
    assertThat(gateway.sender().deliver(SampleNotifications.of(new OdsCode("ZZZ"))))
        .isEqualTo(new Unreachable("no address is registered for this authority"));
  }

  private GatewaySide gateway(Duration call) {
    GatewaySide side = new GatewaySide(call);
    for (OdsCode authority : TestCertificates.AUTHORITIES) {
      SignatureKind kind = authority.equals(BIR) ? SignatureKind.EC : SignatureKind.RSA;
      side.register(authority, GatewaySide.endpoint(address(authority), authority, kind));
    }
    return side;
  }

  private URI address(OdsCode authority) {
    return authorities.of(authority).address();
  }

  private SimulatedAuthorities open(KeyMaterial towersSigningKey) {
    GatewayIdentity identity =
        new GatewayIdentity(
            GatewaySide.ASID,
            Set.of(
                certificates.of(Group.GATEWAY, "signing-rsa").fingerprint(),
                certificates.of(Group.GATEWAY, "signing-ec").fingerprint()));
    return SimulatedAuthorities.open(systems(towersSigningKey), world(identity), 0, Steps.UNTOLD);
  }

  private static PartnerWorld world(GatewayIdentity gateway) {
    return new PartnerWorld(
        gateway, TestCertificates.paths(), SimulatorFolder.none(), InstantSource.system());
  }

  private List<AuthoritySystem> systems(KeyMaterial towersSigningKey) {
    return TestCertificates.AUTHORITIES.stream()
        .map(
            code ->
                new AuthoritySystem(
                    new LocalAuthority(
                        code,
                        code.value(),
                        "London",
                        new Contacts(new Telephone("020 7946 0001"), Optional.empty())),
                    GatewaySide.asidOf(code),
                    certificates.authorityTls(code).keyMaterial(),
                    code.equals(TWH)
                        ? towersSigningKey
                        : certificates.authoritySigning(code).keyMaterial()))
        .toList();
  }
}
