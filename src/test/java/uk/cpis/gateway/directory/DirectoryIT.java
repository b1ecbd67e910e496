package uk.cpis.gateway.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.directory.RegisteredAuthority.Delivery;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.domain.Telephone;
import uk.cpis.gateway.pki.CertificateFingerprints;
import uk.cpis.gateway.store.EncryptionKey;
import uk.cpis.gateway.store.Store;
import uk.cpis.gateway.store.StoreSettings;
import uk.cpis.gateway.testing.TestCertificates;

class DirectoryIT {

  private static final OdsCode TOWER_HAMLETS = new OdsCode("TWH");
  private static final OdsCode HACKNEY = new OdsCode("HCK");
  private static final X509Certificate ENGINE =
      TestCertificates.all().authorityTls(TOWER_HAMLETS).keyMaterial().certificate();
  private static final X509Certificate SIGNING =
      TestCertificates.all().authoritySigning(TOWER_HAMLETS).keyMaterial().certificate();
  private static final X509Certificate OTHER =
      TestCertificates.all().authoritySigning(HACKNEY).keyMaterial().certificate();
  private static final Asid SOCIAL_CARE = new Asid("200000000201");
  private static final Asid SECOND_SYSTEM = new Asid("200000000203");

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void openStore() {
    store =
        Store.open(StoreSettings.of(folder.resolve("store"), new EncryptionKey("0f".repeat(32))));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void findsTheSystemOnWhichBothCertificatesAndTheClaimAgree() {
    Directory directory =
        Directory.open(registrations("020 7946 0001"), store, InstantSource.system());

    assertThat(directory.system(of(ENGINE), of(SIGNING), SOCIAL_CARE))
        .map(AccreditedSystem::asid)
        .contains(SOCIAL_CARE);
    assertThat(directory.system(of(OTHER), of(SIGNING), SOCIAL_CARE)).isEmpty();
    assertThat(directory.system(of(ENGINE), of(OTHER), SOCIAL_CARE)).isEmpty();
    assertThat(directory.system(of(ENGINE), of(SIGNING), new Asid("200000000999"))).isEmpty();
  }

  @Test
  void oneCertificateMayServeSeveralSystemsButNoneSpeaksForAnother() {
    Directory directory =
        Directory.open(registrations("020 7946 0001"), store, InstantSource.system());

    assertThat(directory.system(of(ENGINE), of(OTHER), SECOND_SYSTEM))
        .map(AccreditedSystem::asid)
        .contains(SECOND_SYSTEM);
    assertThat(directory.system(of(ENGINE), of(SIGNING), SECOND_SYSTEM)).isEmpty();
  }

  @Test
  void showsTheTelephoneThatWasSetLast() {
    Directory directory =
        Directory.open(registrations("020 7946 0001"), store, InstantSource.system());
    assertThat(emergencyNumber(directory)).isEqualTo("020 7946 0001");

    Contacts newest = new Contacts(new Telephone("020 7946 0009"), Optional.empty());
    store.change(tx -> tx.authorities().setContacts(TOWER_HAMLETS, newest));
    assertThat(emergencyNumber(directory)).isEqualTo("020 7946 0009");

    Directory same = Directory.open(registrations("020 7946 0001"), store, InstantSource.system());
    assertThat(emergencyNumber(same)).isEqualTo("020 7946 0009");

    Directory changed =
        Directory.open(registrations("020 7946 0005"), store, InstantSource.system());
    assertThat(emergencyNumber(changed)).isEqualTo("020 7946 0005");
  }

  @Test
  void anAuthorityThatIsNotRegisteredHasNoEndpointAndNothingIsPushedToIt() {
    Directory directory =
        Directory.open(registrations("020 7946 0001"), store, InstantSource.system());

    assertThat(directory.endpointOf(HACKNEY)).isEmpty();
    assertThat(directory.deliveryTo(HACKNEY)).isEqualTo(Delivery.PULL);
    assertThat(directory.authority(HACKNEY)).isEmpty();
    assertThat(directory.authorities()).containsExactly(TOWER_HAMLETS);
  }

  @Test
  void readsItsFolder() {
    Registrations registrations = registrations("020 7946 0001");
    registrations.write(folder.resolve("registration"));

    Directory directory =
        Directory.open(
            Registrations.read(folder.resolve("registration")), store, InstantSource.system());

    assertThat(directory.registeredSigningCertificates()).containsExactlyInAnyOrder(SIGNING, OTHER);
  }

  /** An answer to a notification may name its certificate in short, and its signer is no system. */
  @Test
  void findsTheCertificatesThatEndpointsSignTheirAnswersWith() {
    Registrations withoutEndpoint = registrations("020 7946 0001");
    RegisteredAuthority towerHamlets = withoutEndpoint.authorities().get(0);
    AuthorityEndpoint endpoint =
        new AuthorityEndpoint(
            URI.create("https://localhost:8500/notification"),
            SECOND_SYSTEM,
            Set.of(ENGINE),
            Set.of(OTHER),
            SignatureKind.RSA);
    Registrations withEndpoint =
        new Registrations(
            List.of(),
            List.of(
                new RegisteredAuthority(
                    towerHamlets.authority(), Delivery.PUSH, Optional.of(endpoint))),
            List.of());

    Directory directory = Directory.open(withEndpoint, store, InstantSource.system());

    assertThat(directory.registeredSigningCertificates()).containsExactly(OTHER);
  }

  private static String emergencyNumber(Directory directory) {
    return directory.authority(TOWER_HAMLETS).orElseThrow().contacts().emergencyDutyTeam().number();
  }

  private static CertificateFingerprint of(X509Certificate certificate) {
    return CertificateFingerprints.of(certificate);
  }

  private static Registrations registrations(String emergencyNumber) {
    Contacts contacts = new Contacts(new Telephone(emergencyNumber), Optional.empty());
    return new Registrations(
        List.of(
            RegisteredSystem.of(system(SOCIAL_CARE), Set.of(ENGINE), Set.of(SIGNING)),
            RegisteredSystem.of(system(SECOND_SYSTEM), Set.of(ENGINE), Set.of(OTHER))),
        List.of(
            new RegisteredAuthority(
                new LocalAuthority(TOWER_HAMLETS, "Tower Hamlets", "London", contacts),
                Delivery.PULL,
                Optional.empty())),
        List.of());
  }

  private static AccreditedSystem system(Asid asid) {
    return new AccreditedSystem(
        asid,
        "Tower Hamlets social care",
        Optional.of(TOWER_HAMLETS),
        Set.of(),
        Set.of(Interaction.UPDATE),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        SignatureKind.RSA);
  }
}
