package uk.cpis.gateway.domain;

import java.util.Set;

/**
 * The states of a notification, of which there are no others: the table that authorities read in
 * {@code notification.wsdl}. One that is set aside is in its lane, with a later time.
 */
public enum NotificationState {
  /** Committed with its cause; not in a lane, or offered to an authority that collects. */
  OWED,
  /** To be delivered. */
  IN_LANE,
  /** Given up for now; still owed. */
  DEAD_LETTER,
  /** Settled: the authority has it. */
  ACCEPTED,
  /** Settled: the authority says that it is none of its own. */
  NOT_OURS;

  /** What it may become from here. */
  public Set<NotificationState> next() {
    return switch (this) {
      case OWED -> Set.of(IN_LANE, DEAD_LETTER, ACCEPTED, NOT_OURS);
      case IN_LANE -> Set.of(OWED, DEAD_LETTER, ACCEPTED, NOT_OURS);
      case DEAD_LETTER -> Set.of(IN_LANE, ACCEPTED, NOT_OURS);
      case ACCEPTED, NOT_OURS -> Set.of();
    };
  }
}
