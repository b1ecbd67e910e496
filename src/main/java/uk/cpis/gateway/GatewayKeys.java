package uk.cpis.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.pki.CertificatePaths;
import uk.cpis.gateway.pki.Crls;
import uk.cpis.gateway.pki.DevelopmentPki;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.pki.KeyMaterialException;
import uk.cpis.gateway.pki.OwnerOnly;
import uk.cpis.gateway.pki.TrustAnchors;
import uk.cpis.gateway.store.EncryptionKey;

/** The gateway's own keys and whom it believes, read from the files that the settings name. */
record GatewayKeys(
    KeyMaterial tlsServer,
    KeyMaterial tlsClient,
    KeyMaterial signingRsa,
    KeyMaterial signingEc,
    TrustAnchors anchors,
    CertificatePaths paths,
    Crls revocationLists) {

  static final String TLS_SERVER = "tls-server";
  static final String TLS_CLIENT = "tls-client";
  static final String SIGNING_RSA = "signing-rsa";
  static final String SIGNING_EC = "signing-ec";

  /** Reads them all; refuses development keys unless this is a development gateway. */
  static GatewayKeys load(GatewayConfig settings) {
    try {
      return read(settings);
    } catch (KeyMaterialException e) {
      throw new ConfigException(List.of("cpis.keys, cpis.trust: " + e.getMessage()));
    }
  }

  private static GatewayKeys read(GatewayConfig settings) {
    GatewayConfig.Trust trust = settings.trust();
    TrustAnchors anchors = anchors(trust);
    Crls revocationLists = Crls.load(RevocationLists.files(trust));
    return read(
        settings,
        anchors,
        new CertificatePaths(anchors, revocationLists, trust.revocationUnknownUntil()),
        revocationLists);
  }

  /**
   * Reads keys, CAs and lists again; the certificates are judged by the same paths as before, which
   * are not changed yet.
   */
  GatewayKeys reread(GatewayConfig settings) {
    try {
      GatewayConfig.Trust trust = settings.trust();
      return read(settings, anchors(trust), paths, Crls.load(RevocationLists.files(trust)));
    } catch (KeyMaterialException e) {
      throw new ConfigException(List.of("cpis.keys, cpis.trust: " + e.getMessage()));
    }
  }

  /** The files of the keys and of the CAs. */
  static List<Path> files(GatewayConfig settings) {
    GatewayConfig.Keys keys = settings.keys();
    GatewayConfig.Trust trust = settings.trust();
    return Stream.of(
            Stream.of(
                keys.passwordFile(),
                keys.tlsServer(),
                keys.tlsClient(),
                keys.signingRsa(),
                keys.signingEc()),
            trust.anchors().stream(),
            trust.intermediates().orElse(List.of()).stream())
        .flatMap(each -> each)
        .toList();
  }

  /** Whom the files of today say to believe, without reading any key. */
  static CertificatePaths paths(GatewayConfig.Trust trust) {
    return new CertificatePaths(
        anchors(trust), Crls.load(RevocationLists.files(trust)), trust.revocationUnknownUntil());
  }

  static TrustAnchors anchors(GatewayConfig.Trust trust) {
    return TrustAnchors.fromPem(trust.anchors(), trust.intermediates().orElse(List.of()));
  }

  private static GatewayKeys read(
      GatewayConfig settings, TrustAnchors anchors, CertificatePaths paths, Crls revocationLists) {
    GatewayConfig.Keys files = settings.keys();
    char[] password = firstLine("cpis.keys.password-file", files.passwordFile()).toCharArray();
    GatewayKeys keys =
        new GatewayKeys(
            KeyMaterial.fromPkcs12(files.tlsServer(), password),
            KeyMaterial.fromPkcs12(files.tlsClient(), password),
            KeyMaterial.fromPkcs12(files.signingRsa(), password),
            KeyMaterial.fromPkcs12(files.signingEc(), password),
            anchors,
            paths,
            revocationLists);
    if (!settings.development()) {
      keys.refuseDevelopment(anchors);
    }
    return keys;
  }

  /** All of its own. */
  List<KeyMaterial> all() {
    return List.of(tlsServer, tlsClient, signingRsa, signingEc);
  }

  /** All of its own, by name. */
  Map<String, KeyMaterial> own() {
    return Map.of(
        TLS_SERVER,
        tlsServer,
        TLS_CLIENT,
        tlsClient,
        SIGNING_RSA,
        signingRsa,
        SIGNING_EC,
        signingEc);
  }

  /** The key that is used towards a system registered for this kind. */
  KeyMaterial signing(SignatureKind kind) {
    return switch (kind) {
      case RSA -> signingRsa;
      case EC -> signingEc;
    };
  }

  /** A key for the store in a file that an option of a command names. */
  static EncryptionKey ofStore(String option, Path file) {
    if (!Files.isRegularFile(file) || !OwnerOnly.isClosed(file)) {
      throw new ConfigException(
          List.of(option + ": expected a file that only its owner may open: " + file));
    }
    try {
      return new EncryptionKey(firstLine(option, file));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of(option + ": " + e.getMessage()));
    }
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
    if (all().stream().map(KeyMaterial::certificate).anyMatch(DevelopmentPki::made)) {
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
