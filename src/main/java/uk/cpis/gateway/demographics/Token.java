package uk.cpis.gateway.demographics;

/** What is shown to PDS to be let in. */
sealed interface Token {

  /** Nothing is shown. */
  record None() implements Token {}

  /** Shown as it is; its text is kept out of every log. */
  record Bearer(String value) implements Token {
    @Override
    public String toString() {
      return "Bearer[redacted]";
    }
  }

  /** There is none now, and why, in words that may be logged. */
  record Unavailable(String cause) implements Token {}
}
