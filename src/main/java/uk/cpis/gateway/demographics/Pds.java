package uk.cpis.gateway.demographics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.domain.NhsNumber;

/**
 * The Personal Demographics Service, asked by its FHIR R4 read of a patient. The look-ups of one
 * call go in parallel under one deadline, and either all are answered or none counts (rule 17).
 * Safe to share between threads.
 */
public final class Pds implements Demographics, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pds.class);

  private final PdsSettings settings;
  private final HttpCalls calls;
  private final Tokens tokens;
  private final Supplier<UUID> ids;
  private final ExecutorService threads = Executors.newCachedThreadPool(Pds::daemon);
  private final AtomicReference<Optional<String>> fault = new AtomicReference<>(Optional.empty());

  /** Asks over this TLS, each time with a new request id. */
  public Pds(
      PdsSettings settings,
      SSLContext tls,
      SSLParameters parameters,
      Tokens tokens,
      Supplier<UUID> ids) {
    this.settings = settings;
    this.calls = new HttpCalls(tls, parameters, settings.connect());
    this.tokens = tokens;
    this.ids = ids;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "pds");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public LookUps lookUp(Set<NhsNumber> numbers) {
    PdsRound round = new PdsRound(numbers, Deadline.in(settings.deadline()), this::ask, tokens);
    LookUps answer = round.run(threads, settings.parallel());
    Optional<String> failure = round.failure();
    failure.ifPresent(
        cause ->
            LOG.warn(
                "CPG-PDS-UNAVAILABLE look-ups={} answered={} cause={}",
                numbers.size(),
                round.answered(),
                cause));
    fault.set(failure);
    return answer;
  }

  /** Why the last look-ups failed; empty when they did not. */
  public Optional<String> fault() {
    return fault.get();
  }

  /** One question; the answer must be to this very request, where it says to which it is. */
  private Reading ask(NhsNumber number, Token token, Deadline deadline)
      throws InterruptedException {
    String request = ids.get().toString();
    try {
      HttpAnswer answer = calls.send(request(number, token, request), deadline);
      return answer.header("X-Request-ID").filter(echo -> !echo.equalsIgnoreCase(request)).isEmpty()
          ? PdsAnswers.of(number, answer)
          : new Reading.Broken("the answer is to another request");
    } catch (BoundedBody.TooLongException tooLong) {
      return new Reading.Broken(HttpCalls.reason(tooLong));
    } catch (IOException failure) {
      return new Reading.Later(HttpCalls.reason(failure), Optional.empty());
    }
  }

  private HttpRequest request(NhsNumber number, Token token, String id) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.address() + "/Patient/" + number.digits()))
            .header("Accept", "application/fhir+json")
            .header("X-Request-ID", id)
            .header("X-Correlation-ID", id);
    if (token instanceof Token.Bearer bearer) {
      request.header("Authorization", "Bearer " + bearer.value());
    }
    return request.GET().build();
  }

  /** Gives up look-ups that are under way. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
