package uk.cpis.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import uk.cpis.gateway.evidence.EvidenceException;
import uk.cpis.gateway.evidence.SealingKey;
import uk.cpis.gateway.pki.DevelopmentPki;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.KeyMaterialException;

/** The key that seals the audit: a file of its own, and used for nothing else. */
final class SealingKeys {

  private static final String KEY = "cpis.keys.sealing";
  private static final String USUAL_NAME = "sealing.p12";

  private SealingKeys() {}

  /** Its file: as set, or by the usual name beside the keys that sign messages. */
  static Path file(GatewayConfig.Keys keys) {
    return keys.sealing().orElseGet(() -> keys.signingEc().resolveSibling(USUAL_NAME));
  }

  /** Reads it; refuses a development key unless this is a development gateway. */
  static SealingKey load(GatewayConfig settings) {
    Path file = file(settings.keys());
    try {
      KeyMaterial key =
          KeyMaterial.fromPkcs12(file, password(settings.keys().passwordFile()).toCharArray());
      if (!settings.development() && DevelopmentPki.made(key.certificate())) {
        throw fault("development keys are used by development gateways only");
      }
      return new SealingKey(key.privateKey(), key.certificate().getPublicKey());
    } catch (KeyMaterialException | EvidenceException e) {
      throw fault(e.getMessage());
    }
  }

  /** The same for a running gateway; refuses one that does other work too. */
  static SealingKey load(GatewayConfig settings, GatewayKeys others) {
    SealingKey key = load(settings);
    for (KeyMaterial other : others.all()) {
      if (key.isOf(other.certificate().getPublicKey())) {
        throw fault("is a key that signs messages or is used for TLS too; make one of its own");
      }
    }
    return key;
  }

  private static String password(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().map(String::strip).orElse("");
    } catch (IOException e) {
      throw new ConfigException(List.of("cpis.keys.password-file: cannot read " + file));
    }
  }

  private static ConfigException fault(String text) {
    return new ConfigException(List.of(KEY + ": " + text));
  }
}
