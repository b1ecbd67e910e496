package uk.cpis.gateway.endpoint;

import java.util.List;

/**
 * What one endpoint takes: the largest body, and how many requests at once, those whose body is
 * still arriving and those that wait their turn included. Their product bounds the memory that
 * bodies can hold (promise 8). Fewer may be worked on at once.
 */
record EndpointLimit(String path, int bodyBytes, int inFlight, int atWork) {

  static final String QUERY = "/query";
  static final String SUBMISSION = "/submission";
  static final String MAILBOX = "/mailbox";

  private static final int KILOBYTE = 1024;

  /** Read and understood, a submission takes many times its bytes. */
  private static final int LARGE_AT_WORK = 4;

  /** 256 KB is generous for a query; a submission of 1,000 records needs up to 2 MB. */
  static List<EndpointLimit> of(HttpSettings settings) {
    HttpSettings.Limits limits = settings.limits();
    int submissions = Math.max(2, limits.requests() / 8);
    int mailboxes = Math.max(2, limits.requests() / 4);
    return List.of(
        new EndpointLimit(QUERY, 256 * KILOBYTE, limits.requests(), limits.queriesAtWork()),
        new EndpointLimit(
            SUBMISSION, 2048 * KILOBYTE, submissions, Math.min(submissions, LARGE_AT_WORK)),
        new EndpointLimit(MAILBOX, 256 * KILOBYTE, mailboxes, mailboxes));
  }
}
