package uk.cpis.gateway.endpoint;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How the HTTPS edge listens and what it takes.
 *
 * @param port 0 takes any free one
 * @param addresses by which senders know the gateway, without a path; none means the address it
 *     listens on
 * @param requests the most queries in flight at once; submissions and the mailbox get a part of it
 * @param requestsPerSender the most of them that one TLS certificate may have
 */
public record HttpSettings(
    String host,
    int port,
    List<URI> addresses,
    int connections,
    int requests,
    int requestsPerSender,
    Duration bodyTimeout,
    Duration idleTimeout) {

  /** Copies the list. */
  public HttpSettings {
    addresses = List.copyOf(addresses);
  }
}
