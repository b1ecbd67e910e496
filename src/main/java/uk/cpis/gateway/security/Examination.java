package uk.cpis.gateway.security;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * What every check says of one message, for people who want to know why it is refused. Nothing of
 * it makes the message count.
 *
 * @param steps each check in its order
 * @param parts each part that must be signed, where the signature's form could be read
 * @param payload the one element of the Body, where the envelope could be read
 * @param signer the certificate that signed, where it is trusted
 */
public record Examination(
    List<Step> steps,
    List<Part> parts,
    Optional<Element> payload,
    Optional<X509Certificate> signer) {

  /** Copies the lists. */
  public Examination {
    steps = List.copyOf(steps);
    parts = List.copyOf(parts);
  }

  /** How one check ended. */
  public enum Outcome {
    PASSED,
    REFUSED,
    /** An earlier check left nothing to check. */
    NOT_REACHED
  }

  /** One check and, where it refused, why. */
  public record Step(Check check, Outcome outcome, Optional<Refusal> refusal) {}

  /** What the signature says of one part. */
  public enum Signed {
    FITS,
    ALTERED,
    NOT_SIGNED
  }

  /** One part that must be signed. */
  public record Part(String name, Signed signed) {}

  /** Whether every check passed. */
  public boolean passed() {
    return steps.stream().allMatch(step -> step.outcome() == Outcome.PASSED);
  }
}
