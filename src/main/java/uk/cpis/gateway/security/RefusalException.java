package uk.cpis.gateway.security;

/** Carries the first refusal from a check to {@link MessageVerifier}, which makes a value of it. */
final class RefusalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  private RefusalException(Refusal refusal) {
    super(refusal.cause().name(), null, false, false);
    this.refusal = refusal;
  }

  static RefusalException of(RefusalCause cause, String found) {
    return new RefusalException(new Refusal(cause, found));
  }

  /** Refuses unless this holds. */
  static void unless(boolean holds, RefusalCause cause, String found) {
    if (!holds) {
      throw of(cause, found);
    }
  }

  Refusal refusal() {
    return refusal;
  }
}
