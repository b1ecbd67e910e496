package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.cpis.gateway.pki.Crls;
import uk.cpis.gateway.pki.TrustAnchors;
import uk.cpis.gateway.testing.RecordedLog;
import uk.cpis.gateway.testing.TestCertificates;

class ListAddressesIT {

  @TempDir private Path folder;
  private final RecordedLog log = RecordedLog.of(ListAddresses.class.getName());
  private volatile int status = 200;
  private TrustAnchors trust = TestCertificates.paths().trust();
  private volatile byte[] body = new byte[0];
  private HttpServer server;
  private ListAddresses addresses;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    addresses =
        new ListAddresses(
            List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ca.crl")),
            folder,
            () -> trust);
  }

  @AfterEach
  void close() {
    server.stop(0);
    log.close();
  }

  @Test
  void keepsTheLastGoodCopyWhateverTheAddressGivesAndTellsOnceUntilItIsWell() throws Exception {
    byte[] good = Files.readAllBytes(TestCertificates.all().ca().resolve("issuing.crl"));
    body = good;
    addresses.fetch();
    assertThat(Crls.load(List.of(folder)).lists()).hasSize(1);
    assertThat(log.messages()).isEmpty();

    body = "no list".getBytes(StandardCharsets.US_ASCII);
    addresses.fetch();
    status = 302;
    addresses.fetch();
    status = 500;
    addresses.fetch();

    assertThat(Crls.load(List.of(folder)).lists()).hasSize(1);
    assertThat(log.messages()).singleElement().asString().startsWith("CPG-LIST-NOT-FETCHED");
    assertThat(addresses.fault()).isPresent();

    status = 200;
    body = good;
    addresses.fetch();
    assertThat(log.messages().get(1)).startsWith("CPG-LIST-FETCHED");
    assertThat(addresses.fault()).isEmpty();
  }

  @Test
  void aListOfNobodyBelievedAndOneOfAnotherCaTakeNoCopysPlace() throws Exception {
    byte[] good = Files.readAllBytes(TestCertificates.all().ca().resolve("issuing.crl"));
    TrustAnchors all = trust;
    trust = new TrustAnchors(all.anchors(), List.of());
    body = good;
    addresses.fetch();
    assertThat(log.messages()).singleElement().asString().contains("CPG-LIST-NOT", "not signed by");
    assertThat(folder).isEmptyDirectory();

    trust = all;
    addresses.fetch();
    assertThat(addresses.fault()).isEmpty();

    body = Files.readAllBytes(TestCertificates.all().ca().resolve("root.crl"));
    addresses.fetch();
    assertThat(addresses.fault()).isPresent();
    assertThat(Crls.load(List.of(folder))).isEqualTo(Crls.parse(good));
  }
}
