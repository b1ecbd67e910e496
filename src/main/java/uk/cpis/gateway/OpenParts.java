package uk.cpis.gateway;

import java.util.ArrayDeque;
import java.util.Deque;

/** Parts opened one after the other, closed in reverse; a failure to close one stops no other. */
final class OpenParts implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Remembers a part that was opened, to close it before those opened earlier. */
  <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** Closes all; throws the first failure with the others attached. */
  @Override
  public void close() {
    RuntimeException first = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        RuntimeException failure =
            e instanceof RuntimeException known
                ? known
                : new IllegalStateException("could not close a part of the gateway", e);
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
