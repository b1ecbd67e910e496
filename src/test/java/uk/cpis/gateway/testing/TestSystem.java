package uk.cpis.gateway.testing;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import uk.cpis.gateway.domain.AccreditedSystem;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.SignatureKind;
import uk.cpis.gateway.pki.DevelopmentCertificate;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;

/** A system that tests send as, with its registration and its certificates. */
public record TestSystem(
    AccreditedSystem system, DevelopmentCertificate tls, DevelopmentCertificate signing) {

  /** Read once: each reading tries the key, which takes as long as signing a message. */
  private static final Map<DevelopmentCertificate, KeyMaterial> KEYS = new ConcurrentHashMap<>();

  /** The gateway itself. */
  public static final Asid GATEWAY = new Asid("200000000001");

  /** The clinical system of an emergency department, for silent reads too; signs with RSA. */
  public static TestSystem homerton() {
    return clinical(
        "200000000101",
        "Homerton ED",
        "homerton-ed",
        "RQX01",
        Set.of(ActivityCode.B0107, ActivityCode.B0170),
        SignatureKind.RSA);
  }

  /** NHS 111; signs with EC, and is answered so. */
  public static TestSystem nhs111() {
    return clinical(
        "200000000102", "NHS 111", "nhs111", "RYE01", Set.of(ActivityCode.B0107), SignatureKind.EC);
  }

  /** The system of a local authority that has certificates in the development PKI. */
  public static TestSystem authority(String code, String asid) {
    OdsCode authority = new OdsCode(code);
    return new TestSystem(
        new AccreditedSystem(
            new Asid(asid),
            "Social care " + code,
            Optional.of(authority),
            Set.of(authority),
            Set.of(
                Interaction.UPDATE,
                Interaction.DELETE,
                Interaction.HOLDINGS,
                Interaction.ACCESS_HISTORY,
                Interaction.COLLECT,
                Interaction.ACKNOWLEDGE),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            SignatureKind.RSA),
        TestCertificates.all().authorityTls(authority),
        TestCertificates.all().authoritySigning(authority));
  }

  public static TestSystem towerHamlets() {
    return authority("TWH", "200000000201");
  }

  public static TestSystem hackney() {
    return authority("HCK", "200000000202");
  }

  public Asid asid() {
    return system.asid();
  }

  /** What it shows and is called by. */
  public KeyMaterial tlsKeys() {
    return KEYS.computeIfAbsent(tls, DevelopmentCertificate::keyMaterial);
  }

  /** What it signs with. */
  public KeyMaterial signingKeys() {
    return KEYS.computeIfAbsent(signing, DevelopmentCertificate::keyMaterial);
  }

  private static TestSystem clinical(
      String asid,
      String name,
      String certificates,
      String organisation,
      Set<ActivityCode> codes,
      SignatureKind kind) {
    return new TestSystem(
        new AccreditedSystem(
            new Asid(asid),
            name,
            Optional.empty(),
            Set.of(new OdsCode(organisation)),
            Set.of(Interaction.QUERY),
            codes,
            Optional.of(CareSetting.EMERGENCY_DEPARTMENT),
            Optional.empty(),
            kind),
        TestCertificates.all().of(Group.CLINICAL, certificates + "-tls"),
        TestCertificates.all().of(Group.CLINICAL, certificates + "-signing"));
  }
}
