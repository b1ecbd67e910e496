package uk.cpis.gateway.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * Posts messages over mutual TLS, on connections that are kept alive, each call bounded in time as
 * a whole and in the size of its answer. One client serves all authorities: connections are many,
 * threads are few. Safe to share between threads.
 */
public final class HttpsPost implements AutoCloseable {
  private static final int THREADS = 2 * Runtime.getRuntime().availableProcessors();

  private final ExecutorService threads;
  private final OutboundSettings settings;
  private volatile HttpClient client;

  /** Calls with this side's certificate; the context says whom it believes. */
  public HttpsPost(SSLContext tls, SSLParameters parameters, OutboundSettings settings) {
    this.settings = settings;
    this.threads = Executors.newFixedThreadPool(THREADS, HttpsPost::daemon);
    this.client = client(tls, parameters);
  }

  /**
   * Makes every call from now on with this, on new connections; calls under way end as they began.
   */
  public void renew(SSLContext tls, SSLParameters parameters) {
    client = client(tls, parameters);
  }

  private HttpClient client(SSLContext tls, SSLParameters parameters) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(settings.connect())
        .sslContext(tls)
        .sslParameters(parameters)
        .executor(threads)
        .build();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "https-post");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Posts one SOAP message. A connection that breaks before the answer is tried once more at once:
   * the other side may have closed a kept connection just then, and a message bears its id.
   */
  HttpAnswer post(URI to, String soapAction, byte[] message)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(to)
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("Accept", "text/xml")
            .header("SOAPAction", "\"" + soapAction + "\"")
            .POST(BodyPublishers.ofByteArray(message))
            .build();
    long deadline = System.nanoTime() + settings.call().toNanos();
    try {
      return send(request, deadline);
    } catch (ConnectException | HttpTimeoutException | SSLException | AnswerTooLongException e) {
      throw e;
    } catch (IOException e) {
      return send(request, deadline);
    }
  }

  private HttpAnswer send(HttpRequest request, long deadline)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new BoundedBody(settings.mostAnswerBytes()));
    try {
      return read(answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer in time");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static HttpAnswer read(HttpResponse<byte[]> response) {
    return new HttpAnswer(
        response.statusCode(), response.headers().firstValue("Content-Type"), response.body());
  }

  /** Lets calls under way end; the connections close with the client, which nobody holds then. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
