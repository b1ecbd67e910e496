package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When two messages with one id are the same message (cpis.md section 4). */
class RememberedMessageTest {

  private static final ContentDigest CONTENT = new ContentDigest("0".repeat(64));
  private static final RememberedMessage FIRST =
      new RememberedMessage(
          new Asid("200000000101"),
          new MessageId(new UUID(1, 2)),
          Interaction.UPDATE,
          CONTENT,
          Instant.parse("2026-03-02T12:00:00Z"),
          new UUID(3, 4));

  @Test
  void theSameInteractionWithTheSameContentIsTheSame() {
    assertThat(FIRST.same(Interaction.UPDATE, CONTENT)).isTrue();
  }

  @Test
  void otherContentIsAnother() {
    assertThat(FIRST.same(Interaction.UPDATE, new ContentDigest("1".repeat(64)))).isFalse();
  }

  @Test
  void anotherInteractionIsAnother() {
    assertThat(FIRST.same(Interaction.DELETE, CONTENT)).isFalse();
  }
}
