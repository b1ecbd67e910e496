package uk.cpis.gateway;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;
import uk.cpis.gateway.directory.RegisteredCertificate;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.RejectionReason;
import uk.cpis.gateway.endpoint.Contract;
import uk.cpis.gateway.endpoint.Endpoints;
import uk.cpis.gateway.security.Examination;
import uk.cpis.gateway.security.Expectations;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.RegisteredCertificates;
import uk.cpis.gateway.security.SignerTrust;

/**
 * Takes a captured message through every check that a gateway of this configuration would make, at
 * a moment of one's choice and without any effect: nothing is opened, recorded or remembered.
 * Whether its id was used before is not looked at, nor the certificate of the connection, which a
 * message does not have.
 */
public final class MessageCheck {

  private final Registrations registrations;
  private final GatewayConfig settings;
  private final SignerTrust trust;
  private final InstantSource clock;

  public MessageCheck(GatewayConfig settings, InstantSource clock) {
    this.registrations = Registrations.read(settings.directory().folder());
    this.settings = settings;
    this.trust = SignerTrust.of(GatewayKeys.paths(settings.trust()));
    this.clock = clock;
  }

  /** What was found: each step of security, then the schema, the sender and his rights. */
  public record Report(
      String endpoint,
      Examination security,
      Optional<Schema> schema,
      Optional<Identity> sender,
      Optional<RejectionReason> right) {

    /** Whether a gateway would act on it, but for its id and the certificate of its connection. */
    public boolean passed() {
      return security.passed()
          && schema.filter(Schema::conforms).isPresent()
          && sender.filter(found -> found.system().isPresent()).isPresent()
          && right.isEmpty();
    }
  }

  /** Whether the Body conforms to the contract; the rule that it breaks, where it does not. */
  public record Schema(Optional<String> breach) {

    boolean conforms() {
      return breach.isEmpty();
    }
  }

  /** Which system is registered for the signer and the ASID that the message claims. */
  public record Identity(String claimed, Optional<AccreditedSystem> system) {}

  /**
   * Checks a message that was sent to this endpoint.
   *
   * @param endpoint {@code query}, {@code submission} or {@code mailbox}; empty takes the one the
   *     request was posted to, or whose operation is in the Body
   */
  public Report check(CapturedMessage message, Optional<String> endpoint) {
    Contract contract = contract(message, endpoint);
    Examination security =
        verifier(contract)
            .examine(
                message.envelope(),
                message.charset(),
                new Expectations.Request(
                    addresses(contract), contract.operations(), message.soapAction()));
    Optional<Schema> schema =
        security.payload().map(payload -> new Schema(contract.breach(payload)));
    Optional<Identity> sender =
        security
            .payload()
            .filter(payload -> schema.filter(Schema::conforms).isPresent())
            .flatMap(payload -> identity(payload, security.signer()));
    Optional<RejectionReason> right =
        sender
            .flatMap(Identity::system)
            .flatMap(system -> CapturedRights.refusal(security.payload().orElseThrow(), system));
    return new Report(contract.name(), security, schema, sender, right);
  }

  private Contract contract(CapturedMessage message, Optional<String> endpoint) {
    Optional<String> named = endpoint.or(message::path).filter(Contract.names()::contains);
    return named.map(Contract::of).orElseGet(() -> byBody(message));
  }

  /** The first contract that has an operation for the Body; the query's when none has. */
  private Contract byBody(CapturedMessage message) {
    List<Contract> contracts = Contract.names().stream().map(Contract::of).toList();
    Contract largest = contracts.get(1);
    Optional<QName> body =
        verifier(largest)
            .examine(
                message.envelope(),
                message.charset(),
                new Expectations.Request(Set.of(), List.of(), Optional.empty()))
            .payload()
            .map(payload -> new QName(payload.getNamespaceURI(), payload.getLocalName()));
    return contracts.stream()
        .filter(
            contract ->
                contract.operations().stream()
                    .anyMatch(operation -> body.filter(operation.request()::equals).isPresent()))
        .findFirst()
        .orElse(contracts.get(0));
  }

  private MessageVerifier verifier(Contract contract) {
    return new MessageVerifier(
        contract.limits(),
        Settings.ofMessages(settings.messages()),
        trust,
        RegisteredCertificates.of(
            registrations.systems().stream()
                .flatMap(each -> each.signing().stream())
                .map(RegisteredCertificate::certificate)
                .collect(Collectors.toUnmodifiableSet())),
        clock);
  }

  private Set<String> addresses(Contract contract) {
    GatewayConfig.Http http = settings.http();
    return Endpoints.addresses(Settings.ofHttp(http, http.connections()), http.port()).stream()
        .map(URI::toString)
        .map(address -> address + "/" + contract.name())
        .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<Identity> identity(Element payload, Optional<X509Certificate> signer) {
    String claimed = CapturedRights.claimedAsid(payload);
    return Optional.of(
        new Identity(
            claimed,
            registrations.systems().stream()
                .filter(each -> each.system().asid().digits().equals(claimed))
                .filter(each -> signer.filter(by -> counts(each, by)).isPresent())
                .map(RegisteredSystem::system)
                .findFirst()));
  }

  private boolean counts(RegisteredSystem system, X509Certificate signer) {
    Instant now = clock.instant();
    return !system.suspended()
        && system.validity().holds(now)
        && system.signing().stream()
            .filter(each -> each.certificate().equals(signer))
            .anyMatch(each -> each.validity().holds(now));
  }
}
