package uk.cpis.gateway.crash;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.outbound.CallEnding;
import uk.cpis.gateway.outbound.ContractXml;
import uk.cpis.gateway.outbound.HttpsPost;
import uk.cpis.gateway.outbound.OutboundSettings;
import uk.cpis.gateway.outbound.SignedCall;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.TlsEndpoint;
import uk.cpis.gateway.security.Freshness;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.Operation;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.security.RegisteredCertificates;
import uk.cpis.gateway.security.SignerTrust;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestSystem;

/**
 * A partner's line to the gateway over mutual TLS: signs, sends, verifies, and gives every ending
 * as a value. Safe to share between threads.
 */
public final class PartnerLine implements Line {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration CALL = Duration.ofSeconds(40);
  static final Duration LIFE = Duration.ofMinutes(5);
  private static final int MOST_BYTES = 4 * 1024 * 1024;
  static final Map<String, ContractXml> CONTRACTS =
      Stream.of("query", "submission", "mailbox")
          .collect(Collectors.toMap(name -> name, ContractXml::of));

  private final TestSystem system;
  private final URI gateway;
  private final Set<CertificateFingerprint> gatewaysCertificates = gatewaysCertificates();
  private final HttpsPost post;
  private final SignedCall call;

  /** A line of this system to the gateway at this address. */
  public PartnerLine(TestSystem system, URI gateway, InstantSource clock) {
    this.system = system;
    this.gateway = gateway;
    TlsEndpoint tls =
        TlsEndpoint.client(
            system.tlsKeys(), TestCertificates.paths(), InstantSource.system(), refused -> {});
    this.post =
        new HttpsPost(
            tls.context(), tls.parameters(), new OutboundSettings(CONNECT, CALL, MOST_BYTES));
    MessageSigner signer = new MessageSigner(clock, LIFE);
    KeyMaterial key = system.signingKeys();
    this.call =
        new SignedCall(
            post,
            (envelope, headers, kind) -> signer.sign(envelope, headers, key),
            verifier(clock));
  }

  static MessageVerifier verifier(InstantSource clock) {
    return new MessageVerifier(
        ParserLimits.ofSubmission(),
        Freshness.standard(),
        SignerTrust.of(TestCertificates.paths()),
        RegisteredCertificates.of(List.of()),
        clock);
  }

  @Override
  public TestSystem system() {
    return system;
  }

  @Override
  public Reply send(Interaction interaction, MessageId id, Object body) {
    String service = service(interaction);
    ContractXml contract = CONTRACTS.get(service);
    try {
      CallEnding ending =
          call.send(
              new SignedCall.Request(
                  gateway.resolve("/" + service),
                  operation(interaction, service),
                  id,
                  system.system().signatureKind(),
                  gatewaysCertificates,
                  contract.envelope(body)));
      return reply(ending, contract);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Lost("interrupted");
    }
  }

  private static Reply reply(CallEnding ending, ContractXml contract) {
    if (ending instanceof CallEnding.Verified verified) {
      Document envelope = verified.message().document();
      return verified.message().fault() ? Faulted.of(envelope) : new Answered(envelope, contract);
    }
    if (ending instanceof CallEnding.NoSoap noSoap) {
      return new Status(noSoap.status());
    }
    return ending instanceof CallEnding.Unverified unverified
        ? new Lost("not verified: " + unverified.refusal().explanation())
        : new Lost(((CallEnding.Broken) ending).cause().toString());
  }

  private static String service(Interaction interaction) {
    return switch (interaction) {
      case QUERY -> "query";
      case UPDATE, DELETE, HOLDINGS, ACCESS_HISTORY -> "submission";
      case COLLECT, ACKNOWLEDGE -> "mailbox";
      default -> throw new IllegalArgumentException("no interaction of the gateway's");
    };
  }

  static Operation operation(Interaction interaction, String service) {
    return Operation.of("urn:nhs-cpis:gateway:" + service + ":v1", interaction.action());
  }

  static Set<CertificateFingerprint> gatewaysCertificates() {
    return Stream.of("signing-rsa", "signing-ec")
        .map(name -> TestCertificates.all().of(Group.GATEWAY, name).fingerprint())
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    post.close();
  }
}
