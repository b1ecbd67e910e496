package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.cpis.gateway.pki.OwnerOnly;

/** Where the system knows such rights; else these are skipped. */
class RightsCheckTest {

  private static final List<String> SECRETS =
      List.of("tls.p12", "rsa.p12", "ec.p12", "sealing.p12", "password", "store.key", "token");

  private static final String SETTINGS =
      """
      cpis.asid=200000000001
      cpis.keys.tls-server=tls.p12
      cpis.keys.tls-client=tls.p12
      cpis.keys.signing-rsa=rsa.p12
      cpis.keys.signing-ec=ec.p12
      cpis.keys.password-file=password
      cpis.trust.anchors=root.pem
      cpis.trust.revocation-lists=root.crl
      cpis.store.directory=store
      cpis.store.key-file=store.key
      cpis.queue.directory=queue
      cpis.directory.folder=directory
      cpis.demographics.pds.address=https://pds.example/FHIR/R4
      cpis.demographics.pds.token-file=token
      """;

  @TempDir private Path folder;

  @BeforeEach
  void makeEverythingAsItShouldBe() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    for (String secret : SECRETS) {
      OwnerOnly.write(folder.resolve(secret), "cd".repeat(32));
    }
    for (String shown : List.of("root.pem", "root.crl")) {
      Files.writeString(folder.resolve(shown), "x");
      rights(shown, "rw-r--r--");
    }
    for (String data : List.of("store", "queue")) {
      OwnerOnly.folder(folder.resolve(data));
    }
    Files.createDirectory(folder.resolve("directory"));
    rights("directory", "rwxr-xr-x");
  }

  @Test
  void takesSecretsAndDataThatOnlyTheirOwnerMayOpen() {
    assertThat(read("").settings()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "tls.p12, cpis.keys.tls-server, rw-r-----",
    "rsa.p12, cpis.keys.signing-rsa, rw-r--r--",
    "ec.p12, cpis.keys.signing-ec, rw----r--",
    "sealing.p12, cpis.keys.sealing, rw-r-----",
    "password, cpis.keys.password-file, rw--w----",
    "store.key, cpis.store.key-file, r--r-----",
    "token, cpis.demographics.pds.token-file, rw-r--r--"
  })
  void refusesASecretThatOthersMayOpen(String file, String key, String rights) throws IOException {
    rights(file, rights);

    refused("", key, "chmod 600 " + folder.resolve(file));
  }

  @ParameterizedTest
  @CsvSource({"store, cpis.store.directory, rwxr-x---", "queue, cpis.queue.directory, rwx-----x"})
  void refusesAFolderOfDataThatOthersMayOpen(String data, String key, String rights)
      throws IOException {
    rights(data, rights);

    refused("", key, "chmod 700 " + folder.resolve(data));
  }

  @ParameterizedTest
  @CsvSource({
    "root.pem, cpis.trust.anchors, rw-r--rw-",
    "root.crl, cpis.trust.revocation-lists, rw-rw-rw-",
    "directory, cpis.directory.folder, rwxrwxrwx"
  })
  void refusesThatEverybodyMayChangeWhomItBelieves(String place, String key, String rights)
      throws IOException {
    rights(place, rights);

    refused("", key, "chmod o-w " + folder.resolve(place));
  }

  @Test
  void takesWhatTheGroupMayOpenWhereThatIsSetAndNobodyElse() throws IOException {
    String grouped = "cpis.files.group-may-read=true\n";
    rights("store.key", "r--r-----");
    rights("store", "rwxrwx---");
    assertThat(read(grouped).settings()).isNotNull();

    rights("store.key", "rw-rw----");
    refused(grouped, "cpis.store.key-file", "chmod 640");
    rights("store.key", "r--r--r--");
    refused(grouped, "cpis.store.key-file", "chmod 640");
    rights("store.key", "r--------");
    rights("store", "rwxrwxr-x");
    refused(grouped, "cpis.store.directory", "chmod o= ");
  }

  /** As containers are given them: the name leads to the file that counts. */
  @Test
  void followsALinkToTheSecret() throws IOException {
    Files.move(folder.resolve("password"), folder.resolve("mounted"));
    Files.createSymbolicLink(folder.resolve("password"), Path.of("mounted"));
    assertThat(read("").settings()).isNotNull();

    rights("mounted", "rw-r--r--");

    refused("", "cpis.keys.password-file", "chmod 600 ");
  }

  private void refused(String more, String key, String remedy) {
    assertThatThrownBy(() -> read(more))
        .asInstanceOf(InstanceOfAssertFactories.type(ConfigException.class))
        .satisfies(
            refused ->
                assertThat(refused.faults())
                    .isNotEmpty()
                    .allMatch(fault -> fault.startsWith(key) || key.startsWith("cpis.keys.tls"))
                    .allMatch(fault -> fault.contains(remedy)));
  }

  private void rights(String place, String rights) throws IOException {
    Files.setPosixFilePermissions(folder.resolve(place), PosixFilePermissions.fromString(rights));
  }

  private Configuration read(String more) {
    try {
      return Configuration.read(
          Files.writeString(folder.resolve("gateway.properties"), SETTINGS + more), Map.of());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
