package uk.cpis.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.cpis.gateway.pki.Crls;
import uk.cpis.gateway.pki.KeyMaterialException;
import uk.cpis.gateway.pki.OwnerOnly;
import uk.cpis.gateway.pki.TrustAnchors;

/**
 * Fetches revocation lists from the configured addresses, each into a file of its own that is read
 * with the others: bounded in time and size, without following redirects, and only what is a list
 * takes the place of the copy before: signed by a CA that is believed, and no older than the copy,
 * so that whoever answers at an address takes no list away. For one thread; only {@link #fault} is
 * for any.
 */
final class ListAddresses {

  private static final Logger LOG = LoggerFactory.getLogger(ListAddresses.class);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final int MOST_BYTES = 20 << 20;
  private static final int OK = 200;
  private static final int NAME = 16;

  private final List<URI> addresses;
  private final Path folder;
  private final Supplier<TrustAnchors> trust;
  private final Set<URI> failing = ConcurrentHashMap.newKeySet();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(LONGEST)
          .build();

  /**
   * Fetches from these addresses into this folder.
   *
   * @param trust the CAs that are believed at the moment
   */
  ListAddresses(List<URI> addresses, Path folder, Supplier<TrustAnchors> trust) {
    this.trust = trust;
    this.addresses = List.copyOf(addresses);
    this.folder = folder;
  }

  /** Fetches each; one that cannot be had leaves its last good copy, and is told once. */
  void fetch() {
    addresses.forEach(this::fetch);
  }

  private void fetch(URI address) {
    try {
      byte[] list = body(address);
      Path copy = folder.resolve(name(address) + ".crl");
      Crls.parse(list).mustSucceed(before(copy), trust.get());
      OwnerOnly.write(copy, list);
      if (failing.remove(address)) {
        LOG.info("CPG-LIST-FETCHED address={}", address);
      }
    } catch (IOException | KeyMaterialException e) {
      if (failing.add(address)) {
        LOG.error(
            "CPG-LIST-NOT-FETCHED address={} cause=\"{}\" remedy=\"the last copy counts until it"
                + " ends; put a list in place by hand before\"",
            address,
            e.getMessage());
      }
    }
  }

  /** The last good copy; one that cannot be read is none. */
  private static Crls before(Path copy) {
    try {
      return Files.exists(copy) ? Crls.load(List.of(copy)) : Crls.NONE;
    } catch (KeyMaterialException unreadable) {
      return Crls.NONE;
    }
  }

  /** Bounded as a whole, body included. */
  private byte[] body(URI address) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(LONGEST).build();
    CompletableFuture<byte[]> body =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
            .thenApplyAsync(ListAddresses::read);
    try {
      return body.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer in " + LONGEST.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause().getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      body.cancel(true);
    }
  }

  private static byte[] read(HttpResponse<InputStream> response) {
    try (InputStream in = response.body()) {
      if (response.statusCode() != OK) {
        throw new KeyMaterialException("status " + response.statusCode());
      }
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new KeyMaterialException("longer than " + MOST_BYTES + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new KeyMaterialException("the answer broke off", e);
    }
  }

  private static String name(URI address) {
    byte[] digest =
        FileContents.sha256().digest(address.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest).substring(0, NAME);
  }

  /** Which address gives no list. */
  Optional<String> fault() {
    return failing.stream()
        .findFirst()
        .map(each -> "no list can be had from " + each + "; its last copy counts until it ends");
  }
}
