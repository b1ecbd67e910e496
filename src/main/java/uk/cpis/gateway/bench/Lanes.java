package uk.cpis.gateway.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import uk.cpis.gateway.domain.OdsCode;

/** Asks the gateway's operations how many notifications it has settled. */
final class Lanes {

  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final long BETWEEN_QUESTIONS_MILLIS = 100;

  private final URI lanes;
  private final HttpClient client = HttpClient.newHttpClient();

  Lanes(URI operations) {
    this.lanes = operations.resolve("/lanes");
  }

  /** How many were settled since the gateway started, over all lanes. */
  long settled() throws InterruptedException {
    return settled(authority -> true);
  }

  /** The same over the lanes of these authorities. */
  long settled(Predicate<OdsCode> authorities) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(lanes).timeout(LONGEST_ANSWER).build();
    try {
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      long settled = 0;
      for (JsonNode lane : new ObjectMapper().readTree(answer)) {
        if (authorities.test(new OdsCode(lane.path("authority").asText()))) {
          settled += lane.path("settledSinceStart").asLong();
        }
      }
      return settled;
    } catch (IOException e) {
      throw new BenchException("the gateway does not tell about its lanes", e);
    }
  }

  /** Waits until so many are settled, but not for ever; how many are. */
  long awaitSettled(long expected) throws InterruptedException {
    return awaitSettled(expected, authority -> true);
  }

  /** The same over the lanes of these authorities. */
  long awaitSettled(long expected, Predicate<OdsCode> authorities) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    long settled = settled(authorities);
    while (settled < expected && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_QUESTIONS_MILLIS);
      settled = settled(authorities);
    }
    return settled;
  }
}
