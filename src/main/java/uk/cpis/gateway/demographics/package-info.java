/**
 * What demographics say of an NHS number, and whether the details that a local authority sent are
 * the same person's. Floor 2: stands on the store, which keeps the local register; it knows nothing
 * of submissions or of the wire. All its types are safe to share between threads.
 */
@NullMarked
package uk.cpis.gateway.demographics;

import org.jspecify.annotations.NullMarked;
