package uk.cpis.gateway.domain;

import java.util.List;
import java.util.Optional;

/**
 * An update or a deletion as it was sent: 1 to 1,000 records of one authority (cpis.md rule 8). The
 * authority is the one the message names; whether the sender may speak for it is not decided.
 */
public record Submission(
    Kind kind,
    OdsCode authority,
    MessageId messageId,
    ContentDigest digest,
    long sequenceNumber,
    String productName,
    String productVersion,
    int recordCount,
    Optional<Contacts> contacts,
    List<SubmittedRecord> records) {

  /** What the submission asks for. */
  public enum Kind {
    UPDATE(Interaction.UPDATE),
    DELETE(Interaction.DELETE);

    private final Interaction interaction;

    Kind(Interaction interaction) {
      this.interaction = interaction;
    }

    public Interaction interaction() {
      return interaction;
    }
  }

  /** Copies the list. */
  public Submission {
    records = List.copyOf(records);
  }
}
