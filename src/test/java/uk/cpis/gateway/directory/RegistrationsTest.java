package uk.cpis.gateway.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.directory.RegisteredAuthority.Delivery;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.domain.Telephone;
import uk.cpis.gateway.testing.TestCertificates;

class RegistrationsTest {

  private static final OdsCode TOWER_HAMLETS = new OdsCode("TWH");
  private static final OdsCode HACKNEY = new OdsCode("HCK");
  private static final X509Certificate TLS =
      TestCertificates.all().authorityTls(TOWER_HAMLETS).keyMaterial().certificate();
  private static final X509Certificate SIGNING =
      TestCertificates.all().authoritySigning(TOWER_HAMLETS).keyMaterial().certificate();

  @TempDir Path folder;

  @Test
  void readsBackWhatItWrote() {
    RegisteredSite homerton =
        new RegisteredSite(
            new OdsCode("RQX01"),
            "Homerton University Hospital",
            "London",
            CareSetting.EMERGENCY_DEPARTMENT,
            Optional.of(new Telephone("020 7946 0111")));
    Registrations registrations =
        new Registrations(
            List.of(clinicalSystem(), authoritySystem()),
            List.of(pushed(), collecting()),
            List.of(homerton));

    registrations.write(folder);

    assertThat(Registrations.read(folder)).isEqualTo(registrations);
  }

  @Test
  void namesTheFaultsOfAllFilesAtOnce() throws IOException {
    new Registrations(List.of(), List.of(), List.of()).write(folder);
    Files.writeString(
        folder.resolve("systems.json"),
        """
        [{"asid": "12", "name": "one", "colour": "red", "interactions": ["planQuery"],
          "transportCertificates": ["../keys.pem"], "signingCertificates": []},
         7]
        """);
    append("authorities.csv", "TWH,Tower Hamlets,London,,,push,,,,,\n");
    append("authorities.csv", "HCK,Hackney,London,1,,push,,,,,\n");
    append("sites.csv", "RQX01,Homerton,London,casualty,\n");

    assertThat(faults())
        .containsExactly(
            "systems.json: [0].asid is not an ASID of twelve digits",
            "systems.json: [0].interactions[0] is not an interaction id",
            "systems.json: [0].transportCertificates[0] is not the file of a certificate",
            "systems.json: [0].signingCertificates is missing",
            "systems.json: [0].colour is no field of a system",
            "systems.json: [1] is not an object",
            "authorities.csv: line 2, emergency_duty_telephone: not a telephone number",
            "authorities.csv: line 3: an authority to push to needs an endpoint",
            "sites.csv: line 2, setting: not a care setting");
  }

  @Test
  void refusesWhatIsRegisteredTwiceAndSystemsOfUnknownAuthorities() {
    new Registrations(
            List.of(authoritySystem(), authoritySystem()),
            List.of(collecting(), collecting()),
            List.of())
        .write(folder);

    assertThat(faults())
        .containsExactly(
            "systems.json: system 200000000201 stands twice",
            "authorities.csv: authority HCK stands twice",
            "systems.json: system 200000000201 is of no registered authority",
            "systems.json: system 200000000201 is of no registered authority");
  }

  @Test
  void saysWhereTheSystemsFileIsNotJson() throws IOException {
    new Registrations(List.of(), List.of(), List.of()).write(folder);
    Files.writeString(folder.resolve("systems.json"), "[\n{\"asid\": }]");

    assertThat(faults()).containsExactly("systems.json line 2: is not well-formed JSON");
  }

  @Test
  void saysWhichFilesCannotBeRead() {
    assertThat(faults())
        .containsExactly(
            "systems.json: cannot be read",
            "authorities.csv: cannot be read",
            "sites.csv: cannot be read");
  }

  private List<String> faults() {
    return catchThrowableOfType(RegistrationException.class, () -> Registrations.read(folder))
        .faults();
  }

  private void append(String name, String lines) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, Files.readString(file) + lines);
  }

  private static RegisteredSystem clinicalSystem() {
    return RegisteredSystem.of(
        new AccreditedSystem(
            new Asid("200000000117"),
            "Homerton emergency department",
            Optional.empty(),
            Set.of(new OdsCode("RQX01"), new OdsCode("RQX")),
            Set.of(Interaction.QUERY),
            Set.of(ActivityCode.B0107, ActivityCode.B0170),
            Optional.of(CareSetting.EMERGENCY_DEPARTMENT),
            Optional.empty(),
            SignatureKind.EC),
        Set.of(TLS),
        Set.of(TLS));
  }

  private static RegisteredSystem authoritySystem() {
    return RegisteredSystem.of(
        new AccreditedSystem(
            new Asid("200000000201"),
            "Tower Hamlets social care",
            Optional.of(TOWER_HAMLETS),
            Set.of(),
            Set.of(Interaction.UPDATE, Interaction.DELETE),
            Set.of(),
            Optional.empty(),
            Optional.of("8.1.12"),
            SignatureKind.RSA),
        Set.of(TLS, SIGNING),
        Set.of(SIGNING));
  }

  private static RegisteredAuthority pushed() {
    Contacts contacts =
        new Contacts(new Telephone("020 7946 0001"), Optional.of(new Telephone("020 7946 0002")));
    return new RegisteredAuthority(
        new LocalAuthority(TOWER_HAMLETS, "Tower Hamlets", "London", contacts),
        Delivery.PUSH,
        Optional.of(
            new AuthorityEndpoint(
                URI.create("https://localhost:9443/notifications"),
                new Asid("200000000202"),
                Set.of(TLS),
                Set.of(SIGNING),
                SignatureKind.EC)));
  }

  private static RegisteredAuthority collecting() {
    Contacts contacts = new Contacts(new Telephone("020 7946 0003"), Optional.empty());
    return new RegisteredAuthority(
        new LocalAuthority(HACKNEY, "Hackney", "London", contacts),
        Delivery.PULL,
        Optional.empty());
  }
}
