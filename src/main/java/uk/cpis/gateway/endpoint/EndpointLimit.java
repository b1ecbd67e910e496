package uk.cpis.gateway.endpoint;

import java.util.List;

/**
 * What one endpoint takes: the largest body, and how many requests at once, those whose body is
 * still arriving included. Their product bounds the memory that bodies can hold (promise 8).
 */
record EndpointLimit(String path, int bodyBytes, int inFlight) {

  static final String QUERY = "/query";
  static final String SUBMISSION = "/submission";
  static final String MAILBOX = "/mailbox";

  private static final int KILOBYTE = 1024;

  /** 256 KB is generous for a query; a submission of 1,000 records needs up to 2 MB. */
  static List<EndpointLimit> of(HttpSettings settings) {
    int requests = settings.requests();
    return List.of(
        new EndpointLimit(QUERY, 256 * KILOBYTE, requests),
        new EndpointLimit(SUBMISSION, 2048 * KILOBYTE, Math.max(2, requests / 8)),
        new EndpointLimit(MAILBOX, 256 * KILOBYTE, Math.max(2, requests / 4)));
  }
}
