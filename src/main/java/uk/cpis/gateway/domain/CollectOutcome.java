package uk.cpis.gateway.domain;

import java.util.List;

/** How a collection of notifications ended. */
public sealed interface CollectOutcome {

  /** The oldest that wait, and how many more wait beyond them; all stay until acknowledged. */
  record Collected(List<Notification> notifications, int remaining) implements CollectOutcome {

    /** Copies the list. */
    public Collected {
      notifications = List.copyOf(notifications);
    }
  }

  /** Not answered; nothing is shown. */
  record Refused(RejectionReason reason) implements CollectOutcome {}
}
