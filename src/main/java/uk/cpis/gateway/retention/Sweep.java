package uk.cpis.gateway.retention;

import uk.cpis.gateway.store.Transaction;

/** One kind of housekeeping, done in batches: each a short transaction that may be the last. */
interface Sweep {

  /** From where the first batch goes. */
  String START = "";

  /** What goes, in the plural: the name of its count. */
  String name();

  /** Does one batch, from where the one before ended. Changes nothing but the store. */
  Batch batch(Transaction tx, String from);
}
