package uk.cpis.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.Crls;
import uk.cpis.gateway.pki.DevelopmentPki;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.KeyMaterialException;
import uk.cpis.gateway.pki.TrustAnchors;
import uk.cpis.gateway.store.EncryptionKey;

/** The gateway's own keys and whom it believes, read from the files that the settings name. */
record GatewayKeys(
    KeyMaterial tlsServer,
    KeyMaterial tlsClient,
    KeyMaterial signingRsa,
    KeyMaterial signingEc,
    CertificatePaths paths,
    Crls revocationLists) {

  /** Reads them all; refuses development keys unless this is a development gateway. */
  static GatewayKeys load(GatewayConfig settings) {
    try {
      return read(settings);
    } catch (KeyMaterialException e) {
      throw new ConfigException(List.of("cpis.keys, cpis.trust: " + e.getMessage()));
    }
  }

  private static GatewayKeys read(GatewayConfig settings) {
    GatewayConfig.Keys files = settings.keys();
    char[] password = firstLine("cpis.keys.password-file", files.passwordFile()).toCharArray();
    GatewayConfig.Trust trust = settings.trust();
    TrustAnchors anchors =
        TrustAnchors.fromPem(trust.anchors(), trust.intermediates().orElse(List.of()));
    Crls revocationLists = Crls.load(trust.revocationLists());
    GatewayKeys keys =
        new GatewayKeys(
            KeyMaterial.fromPkcs12(files.tlsServer(), password),
            KeyMaterial.fromPkcs12(files.tlsClient(), password),
            KeyMaterial.fromPkcs12(files.signingRsa(), password),
            KeyMaterial.fromPkcs12(files.signingEc(), password),
            new CertificatePaths(anchors, revocationLists),
            revocationLists);
    if (!settings.development()) {
      keys.refuseDevelopment(anchors);
    }
    return keys;
  }

  /** The key that is used towards a system registered for this kind. */
  KeyMaterial signing(SignatureKind kind) {
    return switch (kind) {
      case RSA -> signingRsa;
      case EC -> signingEc;
    };
  }

  /** The key of the store, from its file or the environment. */
  static EncryptionKey ofStore(GatewayConfig.Store settings) {
    String hex =
        settings
            .key()
            .orElseGet(() -> firstLine("cpis.store.key-file", settings.keyFile().orElseThrow()));
    try {
      return new EncryptionKey(hex);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of("cpis.store.key-file: " + e.getMessage()));
    }
  }

  private void refuseDevelopment(TrustAnchors anchors) {
    List<String> faults = new ArrayList<>();
    if (anchors.anchors().stream().anyMatch(DevelopmentPki::made)) {
      faults.add("cpis.trust.anchors: a development CA is believed by development gateways only");
    }
    if (Stream.of(tlsServer, tlsClient, signingRsa, signingEc)
        .map(KeyMaterial::certificate)
        .anyMatch(DevelopmentPki::made)) {
      faults.add("cpis.keys: development keys are used by development gateways only");
    }
    if (!faults.isEmpty()) {
      faults.add("cpis.development: set it to true on a machine for development only");
      throw new ConfigException(faults);
    }
  }

  private static String firstLine(String key, Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().map(String::strip).orElse("");
    } catch (IOException e) {
      throw new ConfigException(List.of(key + ": cannot read " + file));
    }
  }
}
