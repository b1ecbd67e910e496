package uk.cpis.gateway.security;

/**
 * One refusal for the operator: the first cause and what was found. Nothing of the message is in it
 * but counts, places, times, algorithms and certificate serials.
 */
public record Refusal(RefusalCause cause, String found) {

  /** What was required, what was found, and what to do, in one line. */
  public String explanation() {
    return "required " + cause.required() + "; found " + found + ". " + cause.remedy();
  }
}
