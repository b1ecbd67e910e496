package uk.cpis.gateway.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import uk.cpis.gateway.demographics.PeopleFile;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.pki.OwnerOnly;

/**
 * Everything a development gateway needs around it, in one folder: its configuration, the key of
 * its store, who is registered, and the demographic register; all made from a synthetic pack and
 * the development PKI. Used by one thread.
 */
public final class Estate {

  /** The ASID of a development gateway. */
  public static final Asid GATEWAY = new Asid("200000000001");

  /** The authorities that host no server in a development England, and collect. */
  public static final Set<OdsCode> COLLECTING = Set.of(new OdsCode("IOS"), new OdsCode("RUT"));

  private static final long FIRST_AUTHORITY_ASID = 200_000_001_000L;
  private static final int KEY_BYTES = 32;

  private final Path folder;
  private final DevelopmentCertificates certificates;
  private final SyntheticPack pack;
  private final Ports ports;
  private final Set<OdsCode> collecting;
  private final List<AuthoritySystem> authoritySystems;

  /**
   * An estate in this folder, which need not exist yet; reads the authorities' keys.
   *
   * @param collecting who of the authorities collects; the others are delivered to
   */
  public Estate(
      Path folder,
      DevelopmentCertificates certificates,
      SyntheticPack pack,
      Ports ports,
      Set<OdsCode> collecting,
      Steps keysRead) {
    this.folder = folder.toAbsolutePath().normalize();
    this.certificates = certificates;
    this.pack = pack;
    this.ports = ports;
    this.collecting = Set.copyOf(collecting);
    this.authoritySystems =
        IntStream.range(0, pack.authorities().size())
            .mapToObj(index -> authoritySystem(index, keysRead))
            .toList();
  }

  /** Where the gateway listens and from where on the authorities' systems do. */
  public record Ports(int gateway, int operations, int firstAuthority) {

    /** The ones that the documents name. */
    public static Ports documented() {
      return new Ports(8443, 8081, 8500);
    }
  }

  /** Writes all files anew but the store's key, which stays; the path of the configuration. */
  public Path write() {
    OwnerOnly.folder(folder);
    new EstateRegistrations(
            certificates, pack, authoritySystems, ports.firstAuthority(), collecting)
        .all()
        .write(folder.resolve("directory"));
    PeopleFile.write(folder.resolve("register.csv"), pack.people());
    if (Files.notExists(folder.resolve("store.key"))) {
      OwnerOnly.write(folder.resolve("store.key"), newKey());
    }
    try {
      return Files.writeString(folder.resolve("gateway.properties"), configuration());
    } catch (IOException e) {
      throw new SimulatorException("cannot write the configuration in " + folder, e);
    }
  }

  /** The systems of all authorities, in the order of the pack; their ports follow this order. */
  public List<AuthoritySystem> authoritySystems() {
    return authoritySystems;
  }

  /** The gateway as its partners know it. */
  public static GatewayIdentity gateway(DevelopmentCertificates certificates) {
    return new GatewayIdentity(
        GATEWAY,
        Set.of(
            certificates.of(Group.GATEWAY, "signing-rsa").fingerprint(),
            certificates.of(Group.GATEWAY, "signing-ec").fingerprint()));
  }

  private AuthoritySystem authoritySystem(int index, Steps keysRead) {
    keysRead.at(index, pack.authorities().size());
    return authoritySystem(pack, index, certificates);
  }

  /** The system of this authority, as the estate of this pack registers it. */
  public static AuthoritySystem authoritySystem(
      SyntheticPack pack, OdsCode code, DevelopmentCertificates certificates) {
    return IntStream.range(0, pack.authorities().size())
        .filter(index -> pack.authorities().get(index).code().equals(code))
        .mapToObj(index -> authoritySystem(pack, index, certificates))
        .findFirst()
        .orElseThrow(() -> new SimulatorException("there is no authority " + code));
  }

  private static AuthoritySystem authoritySystem(
      SyntheticPack pack, int index, DevelopmentCertificates certificates) {
    LocalAuthority authority = pack.authorities().get(index);
    OdsCode code = authority.code();
    return new AuthoritySystem(
        authority,
        new Asid(Long.toString(FIRST_AUTHORITY_ASID + index)),
        certificates.authorityTls(code).keyMaterial(),
        certificates.authoritySigning(code).keyMaterial());
  }

  private String configuration() {
    return """
        # A development gateway: written anew at each start of the demonstration.
        cpis.asid=%s
        cpis.development=true
        cpis.http.port=%d
        cpis.http.addresses=https://localhost:%d,https://127.0.0.1:%d
        cpis.operations.port=%d
        cpis.keys.tls-server=%s
        cpis.keys.tls-client=%s
        cpis.keys.signing-rsa=%s
        cpis.keys.signing-ec=%s
        cpis.keys.password-file=%s
        cpis.trust.anchors=%s
        cpis.trust.intermediates=%s
        cpis.trust.revocation-lists=%s,%s
        cpis.store.directory=store
        cpis.backup.folder=backups
        cpis.audit.folder=audit
        cpis.backup.nightly=false
        cpis.store.key-file=store.key
        # A demonstration needs little room; the default is 512.
        cpis.store.least-free=64
        cpis.queue.directory=queue
        cpis.directory.folder=directory
        cpis.demographics.register=register.csv
        # Who watches a lane should not wait for minutes; the default is 15m.
        cpis.delivery.longest-retry=10s
        """
        .formatted(
            GATEWAY,
            ports.gateway(),
            ports.gateway(),
            ports.gateway(),
            ports.operations(),
            gatewayKey("tls-server"),
            gatewayKey("tls-client"),
            gatewayKey("signing-rsa"),
            gatewayKey("signing-ec"),
            relative(certificates.passwordFile()),
            relative(certificates.root()),
            relative(certificates.issuing()),
            relative(certificates.ca().resolve("root.crl")),
            relative(certificates.ca().resolve("issuing.crl")));
  }

  private String gatewayKey(String name) {
    return relative(certificates.of(Group.GATEWAY, name).pkcs12());
  }

  /** A path from the folder, written with slashes, since a backslash is an escape in the file. */
  private String relative(Path file) {
    return folder.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
  }

  private static String newKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }
}
