package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.cpis.gateway.directory.AuthorityEndpoint;
import uk.cpis.gateway.directory.RegisterFile;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.directory.RegisteredAuthority.Delivery;
import uk.cpis.gateway.directory.RegisteredCertificate;
import uk.cpis.gateway.directory.RegistrationException;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.SignatureKind;

/** Shows and changes the registered authorities, whether the gateway runs or stands. */
@Command(
    name = "authorities",
    description = {
      "Shows the registered authorities, or changes one; it counts at once, and the audit keeps"
          + " who.",
      "Where no gateway runs, the store is opened for it."
    },
    mixinStandardHelpOptions = true)
final class AuthoritiesCommand implements Callable<Integer> {

  @Mixin private RegistrationPlace place;

  @Parameters(arity = "0..1", paramLabel = "CODE", description = "One authority.")
  private String code = "";

  @Option(names = "--pull", description = "It collects from its mailbox from now on.")
  private boolean pull;

  @Option(names = "--push", description = "It is delivered to at its endpoint from now on.")
  private boolean push;

  @Option(names = "--endpoint", paramLabel = "ADDRESS", description = "Where it is delivered to.")
  private Optional<URI> endpoint = Optional.empty();

  @Option(
      names = "--receiver",
      paramLabel = "ASID",
      description =
          "The system that answers there; a first endpoint needs it, and certificates of both uses.")
  private Optional<String> receiver = Optional.empty();

  @Override
  public Integer call() throws Exception {
    if (pull && push) {
      throw place.wrong("--pull and --push exclude each other");
    }
    boolean changes = pull || push || endpoint.isPresent() || receiver.isPresent();
    return place.done(
        RegisterFile.AUTHORITIES, code, changes, this::changed, AuthoritiesCommand::print);
  }

  private RegisteredAuthority changed(RegisteredAuthority before) {
    Delivery way = pull ? Delivery.PULL : push ? Delivery.PUSH : before.delivery();
    try {
      return before.told(way, endpoint(before.endpoint()));
    } catch (IllegalArgumentException refused) {
      throw new RegistrationException(List.of("authority " + code + ": " + refused.getMessage()));
    }
  }

  private Optional<AuthorityEndpoint> endpoint(Optional<AuthorityEndpoint> before) {
    if (endpoint.isEmpty() && receiver.isEmpty() && !place.ofCertificates()) {
      return before;
    }
    Set<X509Certificate> transport = had(before, AuthorityEndpoint::transport);
    Set<X509Certificate> signing = had(before, AuthorityEndpoint::signing);
    Optional<String> ending =
        place.ending(Stream.concat(registered(transport), registered(signing)), code);
    return Optional.of(
        new AuthorityEndpoint(
            endpoint.or(() -> before.map(AuthorityEndpoint::address)).orElseThrow(this::first),
            receiver
                .map(Asid::new)
                .or(() -> before.map(AuthorityEndpoint::receiver))
                .orElseThrow(this::first),
            with(transport, place.addTls(), ending),
            with(signing, place.addSigning(), ending),
            before.map(AuthorityEndpoint::signatureKind).orElse(SignatureKind.RSA)));
  }

  private IllegalArgumentException first() {
    return new IllegalArgumentException(
        "a first endpoint takes --endpoint, --receiver, --add-tls and --add-signing together");
  }

  private static Set<X509Certificate> had(
      Optional<AuthorityEndpoint> before,
      Function<AuthorityEndpoint, Set<X509Certificate>> certificates) {
    return before.map(certificates).orElse(Set.of());
  }

  private static Set<X509Certificate> with(
      Set<X509Certificate> before, Optional<Path> added, Optional<String> ending) {
    return Stream.concat(
            registered(before)
                .filter(each -> ending.filter(each.fingerprint().hex()::equals).isEmpty())
                .map(RegisteredCertificate::certificate),
            added.map(Registrations::readCertificate).stream())
        .collect(Collectors.toSet());
  }

  private static void print(RegisteredAuthority each, PrintWriter out) {
    out.printf(
        "%s  %s  %s%n",
        each.authority().code(),
        each.authority().name(),
        each.delivery().name().toLowerCase(Locale.ROOT));
    each.endpoint().ifPresent(endpoint -> print(endpoint, out));
  }

  private static void print(AuthorityEndpoint endpoint, PrintWriter out) {
    out.printf(
        "  endpoint %s of %s, wants %s%n",
        endpoint.address(), endpoint.receiver(), endpoint.signatureKind());
    CertificateText.print(
        registered(endpoint.transport()).toList(), registered(endpoint.signing()).toList(), out);
  }

  private static Stream<RegisteredCertificate> registered(Set<X509Certificate> certificates) {
    return certificates.stream().map(RegisteredCertificate::always);
  }
}
