package uk.cpis.gateway.security;

/**
 * One refusal for the operator: the first cause and what was found. Nothing of the message is in it
 * but counts, places, times, algorithms and certificate serials.
 */
public record Refusal(RefusalCause cause, String found) {

  private static final int LONGEST = 1_000;

  /** Cuts what was found, which a stranger's certificate can make any length. */
  public Refusal {
    found = found.length() <= LONGEST ? found : found.substring(0, LONGEST - 3) + "...";
  }

  /** What was required, what was found, and what to do, in one line. */
  public String explanation() {
    return "required " + cause.required() + "; found " + found + ". " + cause.remedy();
  }
}
