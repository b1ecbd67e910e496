package uk.cpis.gateway.domain;

import java.util.List;

/** How an acknowledgement of notifications ended. */
public sealed interface AcknowledgeOutcome {

  /** What became of each, in the order sent. */
  record Acknowledged(List<Item> items) implements AcknowledgeOutcome {

    /** Copies the list. */
    public Acknowledged {
      items = List.copyOf(items);
    }
  }

  /** One notification and how it stands now. */
  record Item(NotificationId notification, Standing standing) {}

  /** How an acknowledged notification stands. */
  enum Standing {
    /** Settled, now or before: it is not offered again. */
    SETTLED,
    /** To be tried later: it is offered again. */
    WAITING,
    /** No notification of this authority has this id. */
    UNKNOWN
  }

  /** Refused as a message; nothing was settled. */
  record Refused(RejectionReason reason) implements AcknowledgeOutcome {}
}
