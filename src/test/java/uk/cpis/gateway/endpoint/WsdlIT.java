package uk.cpis.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.testing.TestClient;
import uk.cpis.gateway.testing.TestSystem;

class WsdlIT {

  private static final Pattern LOCATION = Pattern.compile("schemaLocation=\"([^\"]+)\"");

  private static OpenDoors doors;
  private static TestClient client;

  @BeforeAll
  static void open() {
    doors = OpenDoors.open();
    client = doors.client(TestSystem.homerton());
  }

  @AfterAll
  static void close() {
    doors.close();
  }

  @Test
  void givesEachContractWithItsOwnAddress() {
    for (String service : List.of("query", "submission", "mailbox")) {
      String wsdl = get("/" + service + "?wsdl");

      assertThat(wsdl)
          .contains("location=\"https://localhost:" + doors.port() + "/" + service + "\"")
          .doesNotContain("8443");
    }
  }

  @Test
  void resolvesEveryImportThroughItself() {
    for (String service : List.of("query", "submission", "mailbox")) {
      Set<String> namespaces = new HashSet<>();
      Deque<String> open = new ArrayDeque<>(imports(get("/" + service + "?wsdl")));
      Set<String> seen = new HashSet<>();
      assertThat(open).isNotEmpty();
      while (!open.isEmpty()) {
        String location = open.pop();
        if (seen.add(location)) {
          String schema = get(pathAndQuery(location));
          Matcher namespace = Pattern.compile("targetNamespace=\"([^\"]+)\"").matcher(schema);
          assertThat(namespace.find()).as(location).isTrue();
          namespaces.add(namespace.group(1));
          open.addAll(imports(schema));
        }
      }
      assertThat(namespaces)
          .contains("urn:nhs-cpis:gateway:types:v1", "urn:nhs-cpis:gateway:" + service + ":v1");
    }
  }

  @Test
  void doesNotGiveOtherFiles() {
    for (String name :
        List.of("nothing.xsd", "../../etc/passwd", "../wsdl/query.wsdl", "logback.xml")) {
      HttpResponse<String> reply = client.get("/query?xsd=" + name);

      assertThat(reply.statusCode()).as(name).isEqualTo(404);
      assertThat(reply.body()).doesNotContain("root:", "Exception", "org.apache", name);
    }
  }

  @Test
  void sharesNoBusWithOthersInTheProcess() {
    Bus before = BusFactory.getDefaultBus(false);

    try (OpenDoors others = OpenDoors.open()) {
      assertThat(others.client(TestSystem.homerton()).get("/query?wsdl").statusCode())
          .isEqualTo(200);
      assertThat(BusFactory.getDefaultBus(false)).isSameAs(before);
    }
  }

  private static List<String> imports(String document) {
    return LOCATION.matcher(document).results().map(result -> result.group(1)).toList();
  }

  private static String pathAndQuery(String location) {
    URI uri = URI.create(location);
    assertThat(uri.getPort()).isEqualTo(doors.port());
    return uri.getPath() + "?" + uri.getQuery();
  }

  private static String get(String pathAndQuery) {
    HttpResponse<String> reply = client.get(pathAndQuery);
    assertThat(reply.statusCode()).as(pathAndQuery).isEqualTo(200);
    return reply.body();
  }
}
