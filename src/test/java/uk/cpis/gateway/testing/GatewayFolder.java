package uk.cpis.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uk.cpis.gateway.demographics.PeopleFile;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Telephone;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.pki.OwnerOnly;

/**
 * What a gateway of a test's own is configured with: systems, of which those of local authorities
 * have their authorities registered as collecting, and the people of the local register.
 */
public record GatewayFolder(
    List<TestSystem> systems, List<DemographicPerson> people, Map<String, String> settings) {

  /** Without any register nothing can be concluded of anybody, as when demographics are down. */
  public GatewayFolder withoutRegister() {
    return new GatewayFolder(systems, List.of(), settings);
  }

  /** Writes everything into this folder; the configuration's file. */
  public Path write(Path folder) {
    return write(folder, Map.of());
  }

  /** The same; authorities with an address here are delivered to. */
  public Path write(Path folder, Map<OdsCode, URI> delivered) {
    try {
      registrations(delivered).write(Files.createDirectories(folder.resolve("directory")));
      PeopleFile.write(folder.resolve("people.csv"), people);
      OwnerOnly.write(folder.resolve("store.key"), TestStore.KEY.hex());
      return Files.writeString(
          folder.resolve("gateway.properties"),
          configuration()
              + (people.isEmpty() ? "" : "cpis.demographics.register=people.csv\n")
              + settings.entrySet().stream()
                  .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                  .collect(Collectors.joining()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Registrations registrations(Map<OdsCode, URI> delivered) {
    return new Registrations(
        systems.stream().map(GatewayFolder::registered).toList(),
        systems.stream()
            .filter(each -> each.system().localAuthority().isPresent())
            .map(each -> authority(each, delivered))
            .toList(),
        List.of());
  }

  private static RegisteredSystem registered(TestSystem system) {
    Set<X509Certificate> tls = Set.of(system.tls().certificate());
    return RegisteredSystem.of(system.system(), tls, Set.of(system.signing().certificate()));
  }

  private static RegisteredAuthority authority(TestSystem system, Map<OdsCode, URI> delivered) {
    OdsCode code = system.system().localAuthority().orElseThrow();
    RegisteredAuthority collecting = collecting(code);
    URI address = delivered.get(code);
    return address == null ? collecting : TestGateway.delivered(collecting, system, address);
  }

  private static RegisteredAuthority collecting(OdsCode authority) {
    Contacts contacts = new Contacts(new Telephone("020 7946 0001"), Optional.empty());
    return new RegisteredAuthority(
        new LocalAuthority(authority, "Authority " + authority, "London", contacts),
        RegisteredAuthority.Delivery.PULL,
        Optional.empty());
  }

  private static String configuration() {
    DevelopmentCertificates certificates = TestCertificates.all();
    return """
        cpis.asid=%s
        cpis.development=true
        cpis.http.port=0
        cpis.operations.port=0
        cpis.keys.tls-server=%s
        cpis.keys.tls-client=%s
        cpis.keys.signing-rsa=%s
        cpis.keys.signing-ec=%s
        cpis.keys.password-file=%s
        cpis.trust.anchors=%s
        cpis.trust.intermediates=%s
        cpis.trust.revocation-lists=%s,%s
        cpis.store.directory=store
        cpis.store.key-file=store.key
        cpis.store.least-free=16
        cpis.queue.directory=queue
        cpis.directory.folder=directory
        """
        .formatted(
            TestSystem.GATEWAY,
            key("tls-server"),
            key("tls-client"),
            key("signing-rsa"),
            key("signing-ec"),
            written(certificates.passwordFile()),
            written(certificates.root()),
            written(certificates.issuing()),
            written(certificates.ca().resolve("root.crl")),
            written(certificates.ca().resolve("issuing.crl")));
  }

  private static String key(String name) {
    return written(TestCertificates.all().of(Group.GATEWAY, name).pkcs12());
  }

  private static String written(Path file) {
    return file.toAbsolutePath().toString().replace('\\', '/');
  }
}
