package uk.cpis.gateway.steps;

/**
 * Where a crash would leave something half done, numbered by their order. What comes next is named
 * with each, so that it is known what a crash there must not lose.
 */
public enum Step {

  // 1 to 7: starting.

  /** A new database is whole and not in its place yet. */
  STORE_MADE,
  /** The schema's migrations so far are committed; the next one begins. */
  MIGRATION_BEGUN,
  /** A migration's changes are written; the commit comes. */
  MIGRATION_WRITTEN,
  /** The rows that the last run left without numbers have them; nothing else was written yet. */
  STORE_OPENED,
  /** The broker runs; the lanes are not compared with the store yet. */
  BROKER_OPENED,
  /** The lanes are right by the store; no worker works yet. */
  LANES_CHECKED,
  /** Delivery works; nobody is served yet. */
  DELIVERY_OPENED,

  // 8 to 11: queries, and numbers.

  /** The writer has written a batch; the commit comes. */
  BATCH_WRITTEN,
  /** The writer's batch is committed; those who wait for it are told next, and reply. */
  BATCH_COMMITTED,
  /** A transaction is committed whose rows have no numbers yet; they are numbered next. */
  ROWS_COMMITTED,
  /** Rows have their numbers; the commit comes. */
  ROWS_NUMBERED,

  // 12 to 15: authorities' messages.

  /** A submission's effects are written; the commit comes. */
  SUBMISSION_WRITTEN,
  /** A submission is committed; its acknowledgement comes. */
  SUBMISSION_COMMITTED,
  /** What an authority acknowledged in its mailbox is settled; the commit comes. */
  MAILBOX_WRITTEN,
  /** The same is committed; the answer comes. */
  MAILBOX_COMMITTED,

  // 16 to 23: delivery.

  /** Notifications are in their lanes; the watermark moves next. */
  LANES_FED,
  /** The watermark has moved behind them. */
  WATERMARK_MOVED,
  /** An authority was called and answered, or not; how it ended is settled next. */
  CALL_ENDED,
  /** The settlement is committed; the broker is told next. */
  SETTLED,
  /** The dead letter is committed; the broker is told next. */
  GIVEN_UP,
  /** The next attempt of a notification that was set aside is committed. */
  SET_ASIDE,
  /** A dead letter is taken up again in the store; it goes into its lane next. */
  LETTER_TAKEN_UP,
  /** It is in its lane, which may have it twice should this be forgotten. */
  SENT_AGAIN,

  // 24 to 26: housekeeping.

  /** A batch of what outlived its time is removed, records with their entries; the commit comes. */
  BATCH_REMOVED,
  /** The same is committed; the next batch comes. */
  REMOVAL_COMMITTED,
  /** All is removed; tables are tidied next. */
  SWEPT,

  // 27 to 29: seals.

  /** A seal of the audit is written; the commit comes. */
  SEAL_WRITTEN,
  /** The seal is committed; the file beside the database names the one before. */
  SEAL_COMMITTED,
  /** The file that names this one is whole beside the former, and takes its place next. */
  SEAL_MARK_WRITTEN
}
