package uk.cpis.gateway.directory;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.cpis.gateway.csv.CsvColumn;
import uk.cpis.gateway.csv.CsvException;
import uk.cpis.gateway.csv.CsvRow;
import uk.cpis.gateway.csv.CsvTable;
import uk.cpis.gateway.directory.RegisteredAuthority.Delivery;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.domain.Telephone;

/** The file of the local authorities; the columns of an endpoint are all filled or all empty. */
final class AuthoritiesFile implements RegisterFile.Form<RegisteredAuthority> {

  private static final CsvColumn<OdsCode> CODE =
      CsvColumn.required("register_code", "an organisation code", OdsCode::new);
  private static final CsvColumn<String> NAME = CsvColumn.required("name", "a name", text -> text);
  private static final CsvColumn<String> REGION =
      CsvColumn.required("region", "a region", text -> text);
  private static final CsvColumn<Telephone> EMERGENCY =
      CsvColumn.required("emergency_duty_telephone", "a telephone number", Telephone::new);
  private static final CsvColumn<Optional<Telephone>> OFFICE =
      CsvColumn.optional("office_hours_telephone", "a telephone number", Telephone::new);
  private static final CsvColumn<Delivery> DELIVERY =
      CsvColumn.required("delivery", "push or pull", AuthoritiesFile::delivery);
  private static final CsvColumn<Optional<URI>> ENDPOINT =
      CsvColumn.optional("endpoint", "an address", URI::create);
  private static final CsvColumn<Optional<Asid>> RECEIVER =
      CsvColumn.optional("receiver_asid", "an ASID of twelve digits", Asid::new);
  private static final CsvColumn<Optional<SignatureKind>> SIGNATURES =
      CsvColumn.optional("signature_kind", "RSA or EC", SignatureKind::valueOf);

  private final CertificateFolder certificates;
  private final CsvColumn<List<X509Certificate>> transport;
  private final CsvColumn<List<X509Certificate>> signing;
  private final CsvTable<RegisteredAuthority> table;

  AuthoritiesFile(CertificateFolder certificates) {
    this.certificates = certificates;
    String takes = "names of certificate files with semicolons between";
    this.transport = CsvColumn.several("transport_certificates", takes, certificates::read);
    this.signing = CsvColumn.several("signing_certificates", takes, certificates::read);
    this.table =
        new CsvTable<>(
            List.of(
                CODE,
                NAME,
                REGION,
                EMERGENCY,
                OFFICE,
                DELIVERY,
                ENDPOINT,
                RECEIVER,
                SIGNATURES,
                transport,
                signing),
            this::meaning,
            this::form);
  }

  @Override
  public List<RegisteredAuthority> read(Path file, List<String> faults) {
    try {
      return table.read(file);
    } catch (CsvException refusal) {
      refusal.faults().forEach(fault -> faults.add(file.getFileName() + ": " + fault));
      return List.of();
    }
  }

  @Override
  public void write(Path file, List<RegisteredAuthority> authorities) {
    table.write(file, authorities);
  }

  private RegisteredAuthority meaning(CsvRow row) {
    Contacts contacts = new Contacts(row.of(EMERGENCY), row.of(OFFICE));
    return new RegisteredAuthority(
        new LocalAuthority(row.of(CODE), row.of(NAME), row.of(REGION), contacts),
        row.of(DELIVERY),
        endpoint(row));
  }

  private Optional<AuthorityEndpoint> endpoint(CsvRow row) {
    Optional<URI> address = row.of(ENDPOINT);
    long filled =
        Stream.of(
                address.isPresent(),
                row.of(RECEIVER).isPresent(),
                !row.of(transport).isEmpty(),
                !row.of(signing).isEmpty())
            .filter(present -> present)
            .count();
    if (filled != 0 && filled != 4) {
      throw new IllegalArgumentException("the columns of an endpoint are all filled or all empty");
    }
    return address.map(
        uri ->
            new AuthorityEndpoint(
                uri,
                row.of(RECEIVER).orElseThrow(),
                Set.copyOf(row.of(transport)),
                Set.copyOf(row.of(signing)),
                row.of(SIGNATURES).orElse(SignatureKind.RSA)));
  }

  private List<String> form(RegisteredAuthority registered) {
    LocalAuthority authority = registered.authority();
    Optional<AuthorityEndpoint> endpoint = registered.endpoint();
    return List.of(
        authority.code().value(),
        authority.name(),
        authority.region(),
        authority.contacts().emergencyDutyTeam().number(),
        authority.contacts().officeHours().map(Telephone::number).orElse(""),
        registered.delivery().name().toLowerCase(Locale.ROOT),
        text(endpoint, each -> each.address().toString()),
        text(endpoint, each -> each.receiver().digits()),
        text(endpoint, each -> each.signatureKind().name()),
        text(endpoint, each -> files(each.transport())),
        text(endpoint, each -> files(each.signing())));
  }

  private static String text(
      Optional<AuthorityEndpoint> endpoint, Function<AuthorityEndpoint, String> part) {
    return endpoint.map(part).orElse("");
  }

  private String files(Set<X509Certificate> all) {
    return all.stream().map(certificates::write).sorted().collect(Collectors.joining(";"));
  }

  private static Delivery delivery(String text) {
    return switch (text) {
      case "push" -> Delivery.PUSH;
      case "pull" -> Delivery.PULL;
      default -> throw new IllegalArgumentException("neither push nor pull");
    };
  }
}
