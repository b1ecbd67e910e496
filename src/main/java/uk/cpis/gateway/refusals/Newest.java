package uk.cpis.gateway.refusals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import uk.cpis.gateway.domain.KeptRefusal;
import uk.cpis.gateway.domain.MessageId;

/** The newest refusals, in memory, whoever was refused. Safe to share between threads. */
final class Newest {

  private static final int MOST = 2_000;

  private final Deque<KeptRefusal> refusals = new ArrayDeque<>();

  synchronized void add(KeptRefusal refusal) {
    if (refusals.size() == MOST) {
      refusals.removeFirst();
    }
    refusals.addLast(refusal);
  }

  /** Those with this reference or of the message with this id, the first first. */
  synchronized List<KeptRefusal> find(UUID id) {
    Optional<MessageId> message = Optional.of(new MessageId(id));
    return refusals.stream()
        .filter(
            each ->
                each.note().reference().equals(id)
                    || each.note().origin().message().equals(message))
        .toList();
  }
}
