package uk.cpis.gateway.store;

/**
 * What leaves the store when its time has come: each question is led by an index and bounded, so
 * that a transaction stays short and finds what the one before left.
 */
public final class Retention {

  private final Sql sql;

  Retention(Sql sql) {
    this.sql = sql;
  }

  /** Records past their last visible day, and the traces of deleted ones. */
  public OutlivedPlans plans() {
    return new OutlivedPlans(sql);
  }

  /** The history that was shown of people of whom nothing is held. */
  public OutlivedHistory history() {
    return new OutlivedHistory(sql);
  }

  /** The personal data of settled notifications. */
  public OutlivedNotifications notifications() {
    return new OutlivedNotifications(sql);
  }

  /** The audit, with what was owed for it. */
  public OutlivedAudit audit() {
    return new OutlivedAudit(sql);
  }

  /** The memory of messages and the acknowledgements of submissions. */
  public OutlivedMessages messages() {
    return new OutlivedMessages(sql);
  }

  /** When it was last swept. */
  public LastSweep lastSweep() {
    return new LastSweep(sql);
  }

  /** The room that it gives back. */
  public Space space() {
    return new Space(sql);
  }
}
