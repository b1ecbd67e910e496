package uk.cpis.gateway.queue;

/** The broker could not do what was asked; nothing that the store holds is lost by it. */
public final class QueueException extends RuntimeException {

  QueueException(String attempted, Throwable cause) {
    super(attempted, cause);
  }

  QueueException(String attempted) {
    super(attempted);
  }
}
