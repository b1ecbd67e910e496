package uk.cpis.gateway.simulator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.security.Freshness;
import uk.cpis.gateway.security.MessageSigner;
import uk.cpis.gateway.security.MessageVerifier;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.security.SignerTrust;

/**
 * What all simulated systems share: the gateway they deal with, the authorities they trust for
 * certificates, where they leave what they saw, and the time.
 */
public record PartnerWorld(
    GatewayIdentity gateway, CertificatePaths peers, SimulatorFolder folder, InstantSource clock) {
  private static final Duration LIFE_OF_A_MESSAGE = Duration.ofMinutes(5);

  MessageVerifier verifier() {
    return new MessageVerifier(
        ParserLimits.ofSubmission(),
        Freshness.standard(),
        SignerTrust.of(peers),
        reference -> List.of(),
        clock);
  }

  MessageSigner signer() {
    return new MessageSigner(clock, LIFE_OF_A_MESSAGE);
  }
}
