package uk.cpis.gateway.directory;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.Registered;
import uk.cpis.gateway.domain.Telephone;

/**
 * What is registered in words that can be kept and compared: a line each of which a difference is
 * told by itself, certificates by their fingerprints.
 */
public final class RegistrationForms {

  private RegistrationForms() {}

  /** The form of everything that is registered. */
  public static Map<Registered, String> of(Registrations registrations) {
    Map<Registered, String> forms = new TreeMap<>();
    registrations
        .systems()
        .forEach(
            each ->
                forms.put(
                    new Registered(Registered.Kind.SYSTEM, each.system().asid().digits()),
                    form(each)));
    registrations
        .authorities()
        .forEach(
            each ->
                forms.put(
                    new Registered(Registered.Kind.AUTHORITY, each.authority().code().value()),
                    form(each)));
    registrations
        .sites()
        .forEach(
            each ->
                forms.put(new Registered(Registered.Kind.SITE, each.code().value()), form(each)));
    return forms;
  }

  private static String form(RegisteredSystem registered) {
    AccreditedSystem system = registered.system();
    return lines(
        "name=" + system.name(),
        "localAuthority=" + told(system.localAuthority()),
        "organisations=" + told(system.organisations(), Object::toString),
        "interactions=" + told(system.interactions(), Enum::name),
        "activityCodes=" + told(system.activityCodes(), Enum::name),
        "defaultSetting=" + told(system.defaultSetting()),
        "minimumProductVersion=" + told(system.minimumProductVersion()),
        "signatureKind=" + system.signatureKind(),
        "transport=" + told(registered.transport(), RegistrationForms::told),
        "signing=" + told(registered.signing(), RegistrationForms::told),
        "registered=" + registered.validity().toString().strip(),
        "suspended=" + registered.suspended());
  }

  private static String form(RegisteredAuthority registered) {
    Optional<AuthorityEndpoint> endpoint = registered.endpoint();
    return lines(
        "name=" + registered.authority().name(),
        "region=" + registered.authority().region(),
        "emergencyDutyTelephone=" + registered.authority().contacts().emergencyDutyTeam().number(),
        "officeTelephone="
            + registered.authority().contacts().officeHours().map(Telephone::number).orElse(""),
        "delivery=" + registered.delivery(),
        "endpoint=" + endpoint.map(each -> each.address().toString()).orElse(""),
        "receiver=" + endpoint.map(each -> each.receiver().digits()).orElse(""),
        "signatureKind=" + endpoint.map(each -> each.signatureKind().name()).orElse(""),
        "transport=" + endpoint.map(each -> fingerprints(each.transport())).orElse(""),
        "signing=" + endpoint.map(each -> fingerprints(each.signing())).orElse(""));
  }

  private static String form(RegisteredSite site) {
    return lines(
        "name=" + site.name(),
        "region=" + site.region(),
        "setting=" + site.setting().code(),
        "telephone=" + site.telephone().map(Telephone::number).orElse(""));
  }

  private static String fingerprints(Collection<X509Certificate> certificates) {
    return told(certificates, each -> RegisteredCertificate.always(each).fingerprint().toString());
  }

  private static String told(RegisteredCertificate registered) {
    return registered.fingerprint() + registered.validity().toString();
  }

  private static String told(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }

  private static <T> String told(Collection<T> all, Function<T, String> words) {
    return all.stream().map(words).sorted().collect(Collectors.joining(","));
  }

  private static String lines(String... lines) {
    return List.of(lines).stream()
        .map(line -> line.replaceAll("\\R", " "))
        .collect(Collectors.joining("\n"));
  }
}
