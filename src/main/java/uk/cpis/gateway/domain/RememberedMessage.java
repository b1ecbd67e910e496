package uk.cpis.gateway.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * What is remembered of a message that had its final outcome (cpis.md §4): its content, and the
 * access or submission that holds the outcome.
 */
public record RememberedMessage(
    Asid sender,
    MessageId messageId,
    Interaction interaction,
    ContentDigest digest,
    Instant at,
    UUID reference) {

  /** Whether this is the same message again: the same interaction with the same content. */
  public boolean same(Interaction otherInteraction, ContentDigest otherDigest) {
    return interaction == otherInteraction && digest.equals(otherDigest);
  }
}
