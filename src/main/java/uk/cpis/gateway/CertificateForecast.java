package uk.cpis.gateway;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uk.cpis.gateway.directory.RegisteredAuthority;
import uk.cpis.gateway.directory.RegisteredCertificate;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.Expiry;
import uk.cpis.gateway.pki.CertificateFingerprints;

/** What ends when: the gateway's own keys, the CAs and their lists, and each partner's. */
public final class CertificateForecast {

  static final String GATEWAY = "gateway";
  private static final Duration SOON = Duration.ofDays(7);

  private CertificateForecast() {}

  /** By what lies in the files of this configuration, the first to end first. */
  public static List<Expiry> of(GatewayConfig settings) {
    Registrations registered = Registrations.read(settings.directory().folder());
    return of(GatewayKeys.load(settings), registered.systems(), registered.authorities());
  }

  static List<Expiry> of(
      GatewayKeys keys,
      Collection<RegisteredSystem> systems,
      Collection<RegisteredAuthority> authorities) {
    return Stream.of(
            keys.own().entrySet().stream()
                .map(each -> of(GATEWAY, each.getKey(), each.getValue().certificate())),
            keys.paths().trust().all().stream()
                .map(ca -> of("CA", ca.getSubjectX500Principal().getName(), ca)),
            keys.paths().listEnds().entrySet().stream()
                .flatMap(each -> list(each.getKey(), each.getValue()).stream()),
            systems.stream().flatMap(CertificateForecast::of),
            authorities.stream().flatMap(CertificateForecast::of))
        .flatMap(each -> each)
        .sorted(Comparator.comparing(Expiry::at).thenComparing(Expiry::whose))
        .toList();
  }

  private static Optional<Expiry> list(String ca, Optional<Instant> end) {
    return end.map(at -> new Expiry("CA", "revocation list of " + ca, Optional.empty(), at));
  }

  private static Stream<Expiry> of(RegisteredSystem registered) {
    String asid = registered.system().asid().digits();
    return Stream.concat(
        registered.transport().stream().map(each -> of(asid, "TLS", each)),
        registered.signing().stream().map(each -> of(asid, "signing", each)));
  }

  /** The registration of a certificate may end before the certificate does. */
  private static Expiry of(String whose, String what, RegisteredCertificate registered) {
    Expiry own = of(whose, what, registered.certificate());
    return registered
        .validity()
        .until()
        .filter(own.at()::isAfter)
        .map(until -> new Expiry(whose, what + " (registered until)", own.certificate(), until))
        .orElse(own);
  }

  private static Stream<Expiry> of(RegisteredAuthority registered) {
    String code = registered.authority().code().value();
    return registered.endpoint().stream()
        .flatMap(
            endpoint ->
                Stream.concat(
                    endpoint.transport().stream().map(each -> of(code, "server", each)),
                    endpoint.signing().stream().map(each -> of(code, "answers", each))));
  }

  private static Expiry of(String whose, String what, X509Certificate certificate) {
    return new Expiry(
        whose,
        what,
        Optional.of(CertificateFingerprints.of(certificate)),
        certificate.getNotAfter().toInstant());
  }

  /** What of the gateway's own ends within seven days: without it nobody is served. */
  static Optional<String> fault(List<Expiry> forecast, Instant now) {
    return forecast.stream()
        .filter(each -> each.whose().equals(GATEWAY) && each.at().isBefore(now.plus(SOON)))
        .findFirst()
        .map(each -> "the gateway's own " + each.what() + " ends at " + each.at());
  }

  /** What ends first. */
  static String state(List<Expiry> forecast) {
    return forecast.stream()
        .filter(each -> each.certificate().isPresent())
        .findFirst()
        .map(each -> "first to end: %s %s at %s".formatted(each.whose(), each.what(), each.at()))
        .orElse("works");
  }
}
