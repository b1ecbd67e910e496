package uk.cpis.gateway.store;

/** The cause of a failed delivery, as it is kept. */
final class Cause {

  private static final int LONGEST = 1_000;

  private Cause() {}

  static String bounded(String cause) {
    return cause.length() <= LONGEST ? cause : cause.substring(0, LONGEST);
  }
}
