package uk.cpis.gateway.demographics;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * Calls that are bounded in time as a whole and in the size of the answer, and that follow nobody
 * elsewhere. Safe to share between threads.
 */
final class HttpCalls {

  /** A patient with all her addresses and contacts has some tens of kilobytes. */
  static final int MOST_ANSWER_BYTES = 256 * 1024;

  private final HttpClient client;

  HttpCalls(SSLContext tls, SSLParameters parameters, Duration connect) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connect)
            .sslContext(tls)
            .sslParameters(parameters)
            .build();
  }

  /** The whole answer, or an exception when it does not come in time or is too long. */
  HttpAnswer send(HttpRequest request, Deadline deadline) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new BoundedBody(MOST_ANSWER_BYTES));
    try {
      HttpResponse<byte[]> whole = answer.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
      return new HttpAnswer(whole.statusCode(), whole.headers(), whole.body());
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer in time");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  /** What a failed call says to an operator; it names no address, for that may hold a number. */
  static String reason(IOException failure) {
    if (failure instanceof BoundedBody.TooLongException) {
      return "the answer is longer than an answer may be";
    }
    if (failure instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    if (failure instanceof SSLException) {
      return "TLS failed";
    }
    return failure instanceof ConnectException
        ? "no connection"
        : "the connection broke before a whole answer";
  }
}
