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
 * @param handshakeTimeout for a TLS handshake, as a whole
 * @param bodyTimeout for a request's body to arrive, as a whole
 * @param idleTimeout of a connection; also for the head of its next request to arrive and for an
 *     answer to be taken, each as a whole
 */
public record HttpSettings(
    String host,
    int port,
    List<URI> addresses,
    Limits limits,
    Duration handshakeTimeout,
    Duration bodyTimeout,
    Duration idleTimeout) {

  /** Copies the list. */
  public HttpSettings {
    addresses = List.copyOf(addresses);
  }

  /**
   * How much is taken on, of all and of one TLS certificate (promise 8).
   *
   * @param connections open at once
   * @param requests the most queries in flight at once, those that wait their turn included;
   *     submissions and the mailbox get a part of it
   * @param queriesAtWork how many queries are worked on at once; the others wait their turn
   * @param perSender what one TLS certificate may have of it
   */
  public record Limits(int connections, int requests, int queriesAtWork, PerSender perSender) {}

  /**
   * What one TLS certificate may have.
   *
   * @param requestsPerSecond over time, to all endpoints together
   */
  public record PerSender(int connections, int requests, int requestsPerSecond) {}
}
