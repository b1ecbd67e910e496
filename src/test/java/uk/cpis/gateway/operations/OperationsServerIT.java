package uk.cpis.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.delivery.LaneStatus;
import uk.cpis.gateway.domain.OdsCode;

class OperationsServerIT {

  private static final LaneStatus LANE =
      new LaneStatus(
          new OdsCode("TWH"),
          LaneStatus.State.RETRYING,
          3,
          0,
          7,
          1,
          Optional.of(Instant.parse("2026-11-21T22:00:00Z")),
          Optional.of("connection refused"),
          Optional.empty(),
          Optional.empty());

  private final AtomicReference<Optional<String>> store = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<String>> broker = new AtomicReference<>(Optional.empty());

  private final OperationsServer server =
      OperationsServer.open(
          0,
          new Health(
              List.of(
                  new Health.Check("store", true, store::get),
                  new Health.Check("broker", false, broker::get))),
          () -> List.of(LANE));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isUpWhileEveryPartWorks() throws Exception {
    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"up\"").doesNotContain("degraded");
  }

  @Test
  void isDegradedButAnsweringWithoutTheBroker() throws Exception {
    broker.set(Optional.of("the broker has stopped"));

    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("degraded").contains("the broker has stopped");
  }

  @Test
  void isDownWithoutTheStore() throws Exception {
    store.set(Optional.of("the disk is full"));

    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"down\"");
  }

  @Test
  void listsTheLanes() throws Exception {
    assertThat(get("/lanes").body())
        .contains("\"authority\" : \"TWH\"")
        .contains("\"waiting\" : 3")
        .contains("\"nextAttempt\" : \"2026-11-21T22:00:00Z\"");
  }

  @Test
  void listensOnTheLoopbackAddressOnly() {
    assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI address = server.address().resolve(path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }
}
