/**
 * What the gateway keeps: the encrypted store on disk, its transactions, a class for each table,
 * and the writer that commits many accesses at once. Floor 1: the only package that speaks SQL;
 * uses the domain and knows nothing of messages, certificates or queues. {@link
 * uk.cpis.gateway.store.Store} and {@link uk.cpis.gateway.store.CommitWriter} are shared between
 * threads; a {@link uk.cpis.gateway.store.Transaction} and its tables belong to one thread and end
 * with the function they were given to. Readers wait for uncommitted rows, so transactions are
 * short: no cryptography and no network inside.
 */
@NullMarked
package uk.cpis.gateway.store;

import org.jspecify.annotations.NullMarked;
