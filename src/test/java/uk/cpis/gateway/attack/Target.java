package uk.cpis.gateway.attack;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.cpis.gateway.attack.Certificates.Issuer;
import uk.cpis.gateway.directory.RegisteredCertificate;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.testing.StoreRows;
import uk.cpis.gateway.testing.TestCertificates;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestGateway;
import uk.cpis.gateway.testing.TestMessage;
import uk.cpis.gateway.testing.TestReply;
import uk.cpis.gateway.testing.TestSystem;

/** The gateway under attack, with a client for each kind of message, its store and the canary. */
final class Target implements AutoCloseable {

  /** What a refused message must leave as it is. */
  private static final List<String> ROWS =
      List.of(
          "audit_record WHERE event <> 'MESSAGE_REFUSED'",
          "shown_access",
          "owed_notification",
          "owed_record",
          "plan",
          "submission",
          "submission_record",
          "remembered_message",
          "settlement");

  private final Path folder;
  private TestGateway gateway;
  private final Canary canary = new Canary();
  private final Judge judge = new Judge();
  private final Map<Kind, TestClient> clients = new EnumMap<>(Kind.class);

  private Target(Path folder, TestGateway gateway) {
    this.folder = folder;
    this.gateway = gateway;
    for (Kind kind : Kind.values()) {
      clients.put(kind, gateway.client(kind.system()));
    }
  }

  static Target open(Path folder) {
    return new Target(folder, gateway(folder, settings(folder)));
  }

  /** Stops the gateway and starts it again at the same address, with what it kept. */
  void reopen() {
    Map<String, String> settings = settings(folder);
    settings.put("cpis.http.port", String.valueOf(port()));
    gateway.close();
    gateway = gateway(folder, settings);
  }

  private static TestGateway gateway(Path folder, Map<String, String> settings) {
    return TestGateway.open(
        folder,
        InstantSource.system(),
        settings,
        Target::withBadCertificates,
        TestGateway.collecting("TWH", "Tower Hamlets", "020 7946 0001"),
        TestGateway.collecting("HCK", "Hackney", "020 7946 0002"));
  }

  private static Map<String, String> settings(Path folder) {
    Map<String, String> settings = new HashMap<>();
    settings.put("cpis.http.rate-per-sender", "100000");
    settings.put("cpis.http.body-timeout", "2s");
    List<Path> intermediates = new ArrayList<>(List.of(TestCertificates.all().issuing()));
    Path ca = TestCertificates.all().ca();
    List<Path> lists = new ArrayList<>(List.of(ca.resolve("root.crl"), ca.resolve("issuing.crl")));
    int number = 0;
    for (Issuer issuer : CertificateAttacks.configured()) {
      number++;
      intermediates.add(
          Certificates.write(
              folder.resolve("ca" + number + ".pem"),
              "CERTIFICATE",
              Draft.der(issuer.certificate())));
      lists.add(
          Certificates.write(folder.resolve("ca" + number + ".crl"), "X509 CRL", list(issuer)));
    }
    settings.put("cpis.trust.intermediates", joined(intermediates));
    settings.put("cpis.trust.revocation-lists", joined(lists));
    return settings;
  }

  private static byte[] list(Issuer issuer) {
    try {
      X509CRL list = Certificates.list(issuer);
      return list.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String joined(List<Path> files) {
    return files.stream()
        .map(file -> file.toAbsolutePath().toString().replace('\\', '/'))
        .collect(Collectors.joining(","));
  }

  private static RegisteredSystem withBadCertificates(RegisteredSystem system) {
    if (!system.system().asid().equals(TestSystem.homerton().asid())) {
      return system;
    }
    Set<RegisteredCertificate> signing = new HashSet<>(system.signing());
    CertificateAttacks.registered().stream()
        .map(RegisteredCertificate::always)
        .forEach(signing::add);
    return system.with(system.transport(), signing);
  }

  String address() {
    return gateway.address().toString();
  }

  int port() {
    return gateway.address().getPort();
  }

  Canary canary() {
    return canary;
  }

  Judge judge() {
    return judge;
  }

  Map<String, Long> rows() {
    return StoreRows.counts(folder.resolve("store"), ROWS);
  }

  /** Sends what was made of this draft. */
  TestReply send(Draft draft, Hostile hostile) {
    TestMessage message = draft.message();
    TestMessage addressed =
        new TestMessage(
            hostile.path().map(Target::interactionAt).orElse(message.interaction()),
            message.body(),
            message.version(),
            message.id(),
            message.to());
    return clients
        .get(hostile.over().orElse(draft.kind()))
        .send(addressed, hostile.bytes(), hostile.headers().toArray(String[]::new));
  }

  private static Interaction interactionAt(String path) {
    return Stream.of(Interaction.QUERY, Interaction.UPDATE, Interaction.COLLECT)
        .filter(
            each ->
                Arrays.stream(Kind.values())
                    .anyMatch(kind -> kind.interaction() == each && kind.path().equals(path)))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    canary.close();
  }
}
