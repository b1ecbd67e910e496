package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a running gateway's operations address, and has it do things in the user's name. */
final class OperationsCall {

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final URI operations;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build();

  OperationsCall(URI operations) {
    this.operations = operations;
  }

  /** The answer as it is. */
  String text(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  /** The answer as a tree. */
  JsonNode tree(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(text(path));
  }

  /** Has it done; whether it was. */
  boolean done(String path) throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("X-Operator", operator())
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(operations.resolve(path)).timeout(LONGEST);
  }

  private static String operator() {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._@-]", "_");
    return user.isEmpty() ? "unknown" : user;
  }
}
