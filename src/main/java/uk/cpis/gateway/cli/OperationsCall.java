package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.domain.Operator;

/** Asks a running gateway's operations address, and has it do things in the user's name. */
final class OperationsCall {

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int OK = 200;

  private final URI operations;
  private final Duration longest;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build();

  OperationsCall(URI operations) {
    this(operations, LONGEST);
  }

  /**
   * @param longest how long to wait for an answer that takes no work
   */
  OperationsCall(URI operations, Duration longest) {
    this.operations = operations;
    this.longest = longest;
  }

  /** The answer as it is. */
  String text(String path) throws IOException, InterruptedException {
    return sent(request(path).build()).body();
  }

  /** The answer as a tree. */
  JsonNode tree(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(text(path));
  }

  /** Has it done; why it was not, where it was not. */
  Optional<String> done(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = sent(command(path, longest));
    return answer.statusCode() == OK
        ? Optional.empty()
        : Optional.of(new ObjectMapper().readTree(answer.body()).path("error").asText("failed"));
  }

  /**
   * Has something done that may take its time; the answer as a tree. Shows that the gateway's own
   * folder is the user's where it asks for that; its answer is why not where it is not.
   */
  JsonNode answer(String path) throws IOException, InterruptedException {
    JsonNode answer = new ObjectMapper().readTree(sent(command(path, PATIENCE)).body());
    return answer.has("folder") ? proved(path, answer) : answer;
  }

  private JsonNode proved(String path, JsonNode unproved) throws IOException, InterruptedException {
    Path proof = Path.of(unproved.path("folder").asText(), "asked-" + UUID.randomUUID());
    try {
      Files.createFile(proof);
    } catch (FileSystemException notHis) {
      return unproved;
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(command(path, PATIENCE), (name, value) -> true)
              .header("X-Proof", proof.getFileName().toString())
              .build();
      return new ObjectMapper().readTree(sent(request).body());
    } finally {
      Files.deleteIfExists(proof);
    }
  }

  private HttpResponse<String> sent(HttpRequest request) throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      HttpTimeoutException silent =
          new HttpTimeoutException("the gateway does not answer at " + operations);
      silent.initCause(e);
      throw silent;
    }
  }

  private HttpRequest command(String path, Duration longest) {
    return request(path)
        .timeout(longest)
        .header("X-Operator", user())
        .POST(HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(operations.resolve(path)).timeout(longest);
  }

  /** Who types a command on a stopped store, and on which machine. */
  static Operator operator() {
    return new Operator(user(), "console of " + machine());
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unnamed machine";
    }
  }

  static String user() {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._@-]", "_");
    return user.isEmpty() ? "unknown" : user;
  }
}
