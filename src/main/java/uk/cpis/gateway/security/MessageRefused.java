package uk.cpis.gateway.security;

import java.util.Optional;

/** Lies in the causes of the fault that ends an exchange whose message was refused. */
public final class MessageRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  MessageRefused(Refusal refusal) {
    super(refusal.cause().name(), null, false, false);
    this.refusal = refusal;
  }

  /** The refusal behind an exception, when there is one. */
  public static Optional<Refusal> in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof MessageRefused refused) {
        return Optional.of(refused.refusal);
      }
    }
    return Optional.empty();
  }
}
