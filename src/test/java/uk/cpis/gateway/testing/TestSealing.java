package uk.cpis.gateway.testing;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import uk.cpis.gateway.audit.SealSettings;
import uk.cpis.gateway.audit.Sealer;
import uk.cpis.gateway.evidence.SealingKey;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;
import uk.cpis.gateway.pki.KeyMaterial;
import uk.cpis.gateway.store.Store;

/** The seals of tests: by the development key for them, three records together. */
public final class TestSealing {

  public static final int TOGETHER = 3;

  private TestSealing() {}

  /** The key that seals. */
  public static SealingKey key() {
    KeyMaterial material = TestCertificates.all().of(Group.GATEWAY, "sealing").keyMaterial();
    return new SealingKey(material.privateKey(), material.certificate().getPublicKey());
  }

  /** Its certificate, as an auditor has it. */
  public static Path certificate() {
    return TestCertificates.all().of(Group.GATEWAY, "sealing").chain();
  }

  public static Sealer of(TestServices services) {
    return of(services.store(), services.clock());
  }

  /** Seals this store. */
  public static Sealer of(Store store, InstantSource clock) {
    return of(store, clock, key());
  }

  /** The same with another key. */
  public static Sealer of(Store store, InstantSource clock, SealingKey key) {
    return new Sealer(
        store, key, clock, new SecureRandom(), new SealSettings(TOGETHER, Duration.ofMinutes(1)));
  }
}
