package uk.cpis.gateway.soapui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import uk.cpis.gateway.testing.TestCertificates;

class SoapUiFilesTest {

  @TempDir private static Path folder;

  @BeforeAll
  static void writeOnce() {
    new SoapUiFiles(TestCertificates.all()).write(folder);
  }

  @Test
  void everyStoreOpensWithThePasswordOfTheProject() {
    assertThat(folder).isDirectoryContaining("glob:**.p12");
    assertThat(folder.toFile().listFiles((all, name) -> name.endsWith(".p12")))
        .hasSize(9)
        .allSatisfy(
            file ->
                assertThat(KeyStore.getInstance(file, SoapUiFiles.PASSWORD.toCharArray()).size())
                    .isPositive());
  }

  @Test
  void theSettingsGiveTheMockKeysAndAskItsClientsForTheirs() {
    Map<String, String> settings = settings();

    assertThat(settings)
        .containsEntry("SSLSettings@enableMockSSL", "true")
        .containsEntry("SSLSettings@needClientAuthentication", "true")
        .containsEntry("SSLSettings@mockPort", "8628");
    assertThat(Path.of(settings.get("SSLSettings@mockKeyStore")))
        .isAbsolute()
        .isRegularFile()
        .hasFileName("twh-tls.p12");
    assertThat(Path.of(settings.get("SSLSettings@mockTrustStore"))).isAbsolute().isRegularFile();
  }

  @Test
  void writesOverTheFilesOfAnEarlierTime() throws Exception {
    Path keys = folder.resolve("twh-tls.p12");
    Files.writeString(keys, "stale");

    new SoapUiFiles(TestCertificates.all()).write(folder);

    assertThat(KeyStore.getInstance(keys.toFile(), SoapUiFiles.PASSWORD.toCharArray()).size())
        .isEqualTo(1);
  }

  private Map<String, String> settings() {
    InputSource file = new InputSource(folder.resolve("soapui-settings.xml").toUri().toString());
    return SoapUiProject.children(SoapUiProject.parse(file).getDocumentElement())
        .collect(Collectors.toMap(one -> one.getAttribute("id"), Element::getTextContent));
  }
}
