package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.cpis.gateway.pki.OwnerOnly;

class ConfigurationTest {

  @TempDir private Path folder;

  private static final List<String> FILES =
      List.of(
          "tls.p12",
          "client.p12",
          "rsa.p12",
          "ec.p12",
          "sealing.p12",
          "password",
          "root.pem",
          "root.crl");

  private static final String COMPLETE =
      """
      cpis.asid=200000000001
      cpis.keys.tls-server=tls.p12
      cpis.keys.tls-client=client.p12
      cpis.keys.signing-rsa=rsa.p12
      cpis.keys.signing-ec=ec.p12
      cpis.keys.password-file=password
      cpis.trust.anchors=root.pem
      cpis.trust.revocation-lists=root.crl
      cpis.store.directory=store
      cpis.store.key-file=store.key
      cpis.queue.directory=queue
      cpis.directory.folder=directory
      """;

  @BeforeEach
  void makeTheFilesThatTheSettingsName() throws IOException {
    for (String file : FILES) {
      OwnerOnly.write(folder.resolve(file), "x");
    }
    OwnerOnly.write(folder.resolve("store.key"), "cd".repeat(32) + "\n");
    Files.createDirectory(folder.resolve("directory"));
  }

  @Test
  void readsTheFileAndFillsInTheDefaults() {
    GatewayConfig settings = read(COMPLETE, Map.of()).settings();

    assertThat(settings.asid().digits()).isEqualTo("200000000001");
    assertThat(settings.http().port()).isEqualTo(8443);
    assertThat(settings.delivery().persistDuration()).isEqualTo(Duration.ofDays(14));
    assertThat(settings.keys().tlsServer()).isEqualTo(folder.resolve("tls.p12"));
  }

  @Test
  void theEnvironmentOverridesTheFile() {
    GatewayConfig settings =
        read(
                COMPLETE + "cpis.http.port=9000\n",
                Map.of("CPIS_HTTP_PORT", "9443", "CPIS_HTTP_BODY_TIMEOUT", "1500ms"))
            .settings();

    assertThat(settings.http().port()).isEqualTo(9443);
    assertThat(settings.http().bodyTimeout()).isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void takesOneOfRegisterAndPdsOnly() throws IOException {
    Files.writeString(folder.resolve("people.csv"), "x");
    String register = "cpis.demographics.register=people.csv\n";
    String pds = "cpis.demographics.pds.address=https://pds.example/FHIR/R4\n";

    assertThat(read(COMPLETE + register, Map.of()).settings().demographics().register())
        .isPresent();
    assertThat(read(COMPLETE + pds, Map.of()).settings().demographics().pds().deadline())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(faultOf(COMPLETE + register + pds, Map.of()).faults())
        .containsExactly(
            "cpis.demographics.register: give this or cpis.demographics.pds.address, and not both");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://pds.example/FHIR/R4",
        "https://pds.example/FHIR/R4/",
        "https://pds.example/FHIR?R4",
        "https://somebody@pds.example/FHIR/R4",
        "ftp://127.0.0.1/FHIR",
        "pds.example"
      })
  void refusesAnAddressOfPdsThatWouldShowPeopleOrReachNobody(String address) {
    assertThat(faultOf(COMPLETE + "cpis.demographics.pds.address=" + address, Map.of()).faults())
        .singleElement()
        .asString()
        .startsWith("cpis.demographics.pds.address: ");
  }

  @Test
  void takesTokensFromOnePlaceOnlyAndWholly() {
    ConfigException fault =
        faultOf(
            COMPLETE
                + """
                cpis.demographics.pds.token-file=tls.p12
                cpis.demographics.pds.token-address=http://token.example/oauth2/token
                cpis.demographics.pds.client=example
                """,
            Map.of());

    assertThat(fault.faults())
        .anyMatch(line -> line.contains("plain http goes to a loopback address only"))
        .anyMatch(line -> line.contains("give it, client, key-id and key-file together"))
        .anyMatch(line -> line.contains("pds.token-file: give this or token-address"))
        .anyMatch(line -> line.contains("pds.address: must be set where tokens are"));
  }

  @Test
  void namesEveryMissingKeyAtOnce() {
    ConfigException fault = faultOf("cpis.http.port=8443\n", Map.of());

    assertThat(fault.faults())
        .anyMatch(line -> line.contains("cpis.asid"))
        .anyMatch(line -> line.contains("cpis.keys.tls-server"))
        .anyMatch(line -> line.contains("cpis.store.directory"));
  }

  @Test
  void tellsEachFaultWithItsKeyFirstAndInItsOwnWords() {
    ConfigException fault =
        faultOf(
            """
            cpis.asid=12
            cpis.development=maybe
            cpis.http.idle-timeout=3x
            cpis.http.prot=1
            cpis.store.page-cache=lots
            """,
            Map.of());

    assertThat(fault.faults())
        .allMatch(line -> line.matches("cpis\\.[a-z.-]+: .+"))
        .noneMatch(line -> line.contains("SRCFG") || line.contains("Exception"))
        .contains(
            "cpis.store.directory: must be set",
            "cpis.http.prot: no such setting",
            "cpis.development: expected true or false, found \"maybe\"")
        .anyMatch(line -> line.startsWith("cpis.asid: ") && line.contains("twelve digits"));
  }

  @Test
  void namesAKeyThatDoesNotExist() {
    ConfigException fault = faultOf(COMPLETE + "cpis.http.prot=1\n", Map.of());

    assertThat(fault.faults()).anyMatch(line -> line.contains("cpis.http.prot"));
  }

  @Test
  void saysWhichValuesCannotBeRead() {
    ConfigException fault =
        faultOf(COMPLETE + "cpis.http.port=many\ncpis.http.idle-timeout=soon\n", Map.of());

    assertThat(fault.faults())
        .anyMatch(line -> line.contains("cpis.http.port"))
        .anyMatch(line -> line.contains("cpis.http.idle-timeout") && line.contains("30s"));
  }

  @Test
  void reportsEveryFaultOfMeaningInOneGo() {
    ConfigException fault =
        faultOf(
            COMPLETE
                + """
                cpis.development=true
                cpis.http.host=0.0.0.0
                cpis.http.requests=0
                cpis.delivery.longest-retry=1ms
                cpis.trust.intermediates=nowhere.pem
                cpis.retention.hour=24
                cpis.retention.messages=15d
                cpis.retention.traces=14d
                cpis.retention.settled=23h
                cpis.retention.audit=13d
                """,
            Map.of("CPIS_STORE_KEY", "00"));

    assertThat(fault.faults())
        .anyMatch(line -> line.startsWith("cpis.http.host"))
        .anyMatch(line -> line.startsWith("cpis.http.requests"))
        .anyMatch(line -> line.startsWith("cpis.delivery.longest-retry"))
        .anyMatch(line -> line.startsWith("cpis.trust.intermediates"))
        .anyMatch(line -> line.startsWith("cpis.store.key-file"))
        .anyMatch(line -> line.startsWith("cpis.retention.hour"))
        .anyMatch(line -> line.startsWith("cpis.retention.messages"))
        .anyMatch(line -> line.startsWith("cpis.retention.traces"))
        .anyMatch(line -> line.startsWith("cpis.retention.settled"))
        .anyMatch(line -> line.startsWith("cpis.retention.audit"));
  }

  @Test
  void showsWhereEachValueComesFromAndMasksTheSecret() {
    String withoutFile = COMPLETE.replace("cpis.store.key-file=store.key\n", "");
    Map<String, String> environment = Map.of("CPIS_STORE_KEY", "ab".repeat(32));

    List<Configuration.Effective> effective = read(withoutFile, environment).effective();

    assertThat(effective)
        .contains(new Configuration.Effective("cpis.store.key", "(secret)", "environment"))
        .contains(new Configuration.Effective("cpis.asid", "200000000001", "file"))
        .contains(new Configuration.Effective("cpis.http.port", "8443", "default"));
    assertThat(effective.toString()).doesNotContain("abab");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://gateway.example",
        "https://gateway.example/",
        "https://gateway.example:8443/query",
        "gateway.example:8443"
      })
  void refusesAnAddressThatNoMessageCouldBeSentTo(String address) {
    String good = "https://gateway.example:8443";

    ConfigException fault =
        faultOf(COMPLETE + "cpis.http.addresses=" + good + "," + address + "\n", Map.of());

    assertThat(fault.faults())
        .singleElement()
        .asString()
        .startsWith("cpis.http.addresses")
        .endsWith(address);
  }

  @Test
  void refusesAnEncryptionKeyThatIsNone() {
    OwnerOnly.write(folder.resolve("store.key"), "secret words");

    ConfigException fault = faultOf(COMPLETE, Map.of());

    assertThat(fault.faults())
        .singleElement()
        .asString()
        .startsWith("cpis.store.key-file")
        .doesNotContain("secret words");
  }

  @Test
  void refusesASecretInTheFileOfSettings() {
    String key = "ab".repeat(32);
    String text =
        COMPLETE.replace("cpis.store.key-file=store.key\n", "cpis.store.key=" + key + "\n");

    ConfigException fault = faultOf(text, Map.of());

    assertThat(fault.faults())
        .singleElement()
        .asString()
        .startsWith("cpis.store.key:")
        .doesNotContain(key);
  }

  @Test
  void refusesAVariableOfTheEnvironmentThatNamesNoSetting() {
    Map<String, String> environment =
        Map.of(
            "CPIS_HTP_PORT", "9443",
            "CPIS_HTTP_PORT", "9443",
            "cpis_http_host", "127.0.0.1",
            "PATH", "/bin",
            "CPIS_KEYS", "secret words");

    ConfigException fault = faultOf(COMPLETE, environment);

    assertThat(fault.faults())
        .hasSize(2)
        .anyMatch(each -> each.startsWith("CPIS_HTP_PORT: no such setting"))
        .anyMatch(each -> each.startsWith("CPIS_KEYS: no such setting"))
        .noneMatch(each -> each.contains("secret"));
  }

  private Configuration read(String text, Map<String, String> environment) {
    try {
      return Configuration.read(
          Files.writeString(folder.resolve("gateway.properties"), text), environment);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private ConfigException faultOf(String text, Map<String, String> environment) {
    return catchThrowableOfType(ConfigException.class, () -> read(text, environment));
  }
}
