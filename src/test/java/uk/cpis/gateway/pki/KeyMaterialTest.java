package uk.cpis.gateway.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.pki.DevelopmentCertificate.Group;

class KeyMaterialTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final char[] PASSWORD = "correct horse".toCharArray();
  private static final KeyPair KEYS = KeyKind.RSA_2048.generate();
  private static final CertificateAuthority CA = CertificateAuthority.of("ca", KEYS);
  private static final X509Certificate CERTIFICATE =
      CA.issue(
          CertificateTemplate.client(Group.CLINICAL, "one", KeyKind.RSA_2048),
          KEYS.getPublic(),
          NOW);
  private static final KeyMaterial ONE = new KeyMaterial(KEYS.getPrivate(), List.of(CERTIFICATE));

  @TempDir Path folder;

  @Test
  void aStoreIsReadWithItsPasswordOnly() throws IOException {
    Path file = folder.resolve("one.p12");
    Files.write(file, Pkcs12.write(Pkcs12.of("one", ONE, PASSWORD), PASSWORD));

    assertThat(KeyMaterial.fromPkcs12(file, PASSWORD)).isEqualTo(ONE);
    assertThatThrownBy(() -> KeyMaterial.fromPkcs12(file, "wrong".toCharArray()))
        .isInstanceOf(KeyMaterialException.class)
        .hasMessageContainingAll("one.p12", "password");
  }

  @Test
  void aStoreWithTwoKeysIsRefusedSinceNobodySaysWhichToUse() throws Exception {
    KeyStore two = Pkcs12.of("one", ONE, PASSWORD);
    two.setKeyEntry("two", ONE.privateKey(), PASSWORD, new X509Certificate[] {CERTIFICATE});
    Path file = folder.resolve("two.p12");
    Files.write(file, Pkcs12.write(two, PASSWORD));

    assertThatThrownBy(() -> KeyMaterial.fromPkcs12(file, PASSWORD))
        .isInstanceOf(KeyMaterialException.class)
        .hasMessageContaining("exactly one private key");
  }

  @Test
  void aKeyThatDoesNotBelongToItsCertificateIsRefused() throws IOException {
    Path chain = Files.writeString(folder.resolve("one.pem"), Pem.write(ONE.chain()));
    Path key =
        Files.writeString(
            folder.resolve("other.key.pem"), Pem.write(KeyKind.EC_P256.generate().getPrivate()));

    assertThatThrownBy(() -> KeyMaterial.fromPem(chain, key))
        .isInstanceOf(KeyMaterialException.class)
        .hasMessageContaining("does not belong");
  }

  @Test
  void theOldPemFormOfOpenSslIsReadToo() throws IOException {
    Path chain = Files.writeString(folder.resolve("one.pem"), Pem.write(ONE.chain()));
    Path key = Files.writeString(folder.resolve("old.pem"), oldForm());

    assertThat(KeyMaterial.fromPem(chain, key)).isEqualTo(ONE);
  }

  @Test
  void aFileWithoutAKeyIsSaidToHaveNone() throws IOException {
    Path chain = Files.writeString(folder.resolve("one.pem"), Pem.write(ONE.chain()));

    assertThatThrownBy(() -> KeyMaterial.fromPem(chain, chain))
        .isInstanceOf(KeyMaterialException.class)
        .hasMessageContaining("no unencrypted private key");
  }

  @Test
  void theTextualFormShowsTheCertificateAndNotTheKey() {
    assertThat(ONE.toString()).contains("CN=one").doesNotContainIgnoringCase("modulus");
  }

  @Test
  void aStrangersNameStaysOnOneLineAndShort() {
    String hostile = "a\\0Ab" + "x".repeat(300);
    X509Certificate certificate =
        CA.issue(
            CertificateTemplate.client(Group.BAD, hostile, KeyKind.RSA_2048),
            KEYS.getPublic(),
            NOW);

    assertThat(Described.of(certificate)).doesNotContain("\n").hasSizeLessThan(500);
  }

  private static String oldForm() throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(KEYS.getPrivate());
    }
    return text.toString();
  }
}
