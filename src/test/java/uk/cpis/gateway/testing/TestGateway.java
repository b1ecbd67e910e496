package uk.cpis.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.cpis.gateway.Configuration;
import uk.cpis.gateway.Gateway;
import uk.cpis.gateway.demographics.PeopleFile;
import uk.cpis.gateway.directory.AuthorityEndpoint;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.domain.Telephone;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.pki.OwnerOnly;

/**
 * The real gateway in a folder of its own, on free ports, with the systems of {@link TestSystem}
 * registered. Tower Hamlets and Hackney collect their notifications.
 */
public final class TestGateway implements AutoCloseable {

  /** A child, as demographics and her local authorities know her. */
  public static final DemographicPerson LUCJA =
      person("9990000018", "Ó Briain-Example", "Łucja", LocalDate.of(2018, 4, 1));

  /** Another child. */
  public static final DemographicPerson SIAN =
      person("9990000026", "Testŵell", "Siân", LocalDate.of(2020, 2, 29));

  /** A mother-to-be. */
  public static final DemographicPerson MOTHER =
      person("9990000034", "Example-Mother", "Aoife", LocalDate.of(1998, 12, 24));

  private final Gateway gateway;
  private final InstantSource clock;

  private TestGateway(Gateway gateway, InstantSource clock) {
    this.gateway = gateway;
    this.clock = clock;
  }

  /** Opens it in this folder, on the system's clock; what stands there already is kept. */
  public static TestGateway open(Path folder) {
    return open(
        folder,
        InstantSource.system(),
        collecting("TWH", "Tower Hamlets", "020 7946 0001"),
        collecting("HCK", "Hackney", "020 7946 0002"));
  }

  /** The same on this clock, with these authorities. */
  public static TestGateway open(
      Path folder, InstantSource clock, RegisteredAuthority... authorities) {
    return open(folder, clock, Map.of(), authorities);
  }

  /** The same with these settings beside its own. */
  public static TestGateway open(
      Path folder,
      InstantSource clock,
      Map<String, String> settings,
      RegisteredAuthority... authorities) {
    return open(folder, clock, settings, UnaryOperator.identity(), authorities);
  }

  /** The same, its systems being registered otherwise than they are. */
  public static TestGateway open(
      Path folder,
      InstantSource clock,
      Map<String, String> settings,
      UnaryOperator<RegisteredSystem> otherwise,
      RegisteredAuthority... authorities) {
    Path file = configured(folder, settings, otherwise, List.of(authorities));
    return new TestGateway(
        Gateway.open(Configuration.read(file, Map.of()).settings(), clock), clock);
  }

  /** A client of this system, with any of these TLS versions. */
  public TestClient client(TestSystem system, String... tlsVersions) {
    return new TestClient(address(), system, clock, tlsVersions);
  }

  public URI address() {
    return gateway.addresses().get(0);
  }

  public InstantSource clock() {
    return clock;
  }

  public Gateway gateway() {
    return gateway;
  }

  @Override
  public void close() {
    gateway.close();
  }

  private static Path configured(
      Path folder,
      Map<String, String> settings,
      UnaryOperator<RegisteredSystem> otherwise,
      List<RegisteredAuthority> authorities) {
    try {
      registrations(authorities, otherwise)
          .write(Files.createDirectories(folder.resolve("directory")));
      PeopleFile.write(folder.resolve("people.csv"), List.of(LUCJA, SIAN, MOTHER));
      OwnerOnly.write(folder.resolve("store.key"), TestStore.KEY.hex());
      TestStore.make(folder.resolve("store"));
      return Files.writeString(
          folder.resolve("gateway.properties"), configuration() + lines(settings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Registrations registrations(
      List<RegisteredAuthority> authorities, UnaryOperator<RegisteredSystem> otherwise) {
    return new Registrations(
        Stream.of(
                TestSystem.homerton(),
                TestSystem.nhs111(),
                TestSystem.towerHamlets(),
                TestSystem.hackney())
            .filter(system -> registeredFor(system, authorities))
            .map(TestGateway::registered)
            .map(otherwise)
            .toList(),
        authorities,
        List.of());
  }

  /** An authority that is taken out of the registration goes with its system. */
  private static boolean registeredFor(TestSystem system, List<RegisteredAuthority> authorities) {
    List<OdsCode> codes = authorities.stream().map(each -> each.authority().code()).toList();
    return system.system().localAuthority().map(codes::contains).orElse(true);
  }

  private static RegisteredSystem registered(TestSystem system) {
    Set<X509Certificate> tls = Set.of(system.tls().certificate());
    return RegisteredSystem.of(system.system(), tls, Set.of(system.signing().certificate()));
  }

  /** An authority of London that collects its notifications. */
  public static RegisteredAuthority collecting(String code, String name, String telephone) {
    Contacts contacts = new Contacts(new Telephone(telephone), Optional.empty());
    return new RegisteredAuthority(
        new LocalAuthority(new OdsCode(code), name, "London", contacts),
        RegisteredAuthority.Delivery.PULL,
        Optional.empty());
  }

  /** The same authority with an endpoint, to which its notifications are delivered. */
  public static RegisteredAuthority delivered(
      RegisteredAuthority authority, TestSystem system, URI address) {
    return new RegisteredAuthority(
        authority.authority(),
        RegisteredAuthority.Delivery.PUSH,
        Optional.of(
            new AuthorityEndpoint(
                address,
                system.asid(),
                Set.of(system.tls().certificate()),
                Set.of(system.signing().certificate()),
                SignatureKind.RSA)));
  }

  /** A person whose number is current and who names no mother. */
  public static DemographicPerson person(
      String number, String family, String given, LocalDate born) {
    return new DemographicPerson(
        new NhsNumber(number),
        family,
        List.of(given),
        born,
        DemographicPerson.Status.CURRENT,
        Optional.empty(),
        Optional.empty());
  }

  private static String lines(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
        .collect(Collectors.joining());
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
        cpis.store.page-cache=1000
        cpis.queue.directory=queue
        cpis.directory.folder=directory
        cpis.demographics.register=people.csv
        cpis.backup.folder=backups
        cpis.audit.folder=audit
        cpis.backup.nightly=false
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
