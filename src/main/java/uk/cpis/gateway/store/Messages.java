package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.util.Optional;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.ContentDigest;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.RememberedMessage;

/** The memory of messages that had their final outcome (cpis.md §4), by sender and message id. */
public final class Messages {

  private static final String REMEMBERED =
      """
      SELECT * FROM remembered_message --DERBY-PROPERTIES constraint=remembered_message_pk
      WHERE asid = ? AND message_id = ?
      """;
  static final String REMEMBER =
      """
      INSERT INTO remembered_message (asid, message_id, interaction, digest, handled_at, reference)
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  private final Sql sql;

  Messages(Sql sql) {
    this.sql = sql;
  }

  public Optional<RememberedMessage> remembered(Asid sender, MessageId id) {
    return sql.find(REMEMBERED, Messages::message, sender, id);
  }

  /**
   * Remembers a message; false when it is remembered already. The insert is the guard against two
   * copies at the same moment: it waits for the other's commit. So it comes before the effects in
   * its transaction, and on false nothing else is done there.
   */
  public boolean remember(RememberedMessage message) {
    return sql.insertNew(REMEMBER, values(message));
  }

  static Object[] values(RememberedMessage message) {
    return new Object[] {
      message.sender(),
      message.messageId(),
      message.interaction(),
      message.digest(),
      message.at(),
      message.reference()
    };
  }

  private static RememberedMessage message(Row row) throws SQLException {
    return new RememberedMessage(
        row.asid("asid"),
        row.messageId("message_id"),
        Interaction.valueOf(row.text("interaction")),
        new ContentDigest(row.text("digest")),
        row.time("handled_at"),
        row.uuid("reference"));
  }
}
