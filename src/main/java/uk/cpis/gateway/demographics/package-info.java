/**
 * What demographics say of an NHS number, from the local register or from PDS, and whether the
 * details that a local authority sent are the same person's. What is new, from a file that was
 * loaded or from looking again at the numbers held, is told through a function of the root. Floor
 * 2: stands on the store, which keeps the register; it knows nothing of submissions or of the
 * gateway's own wire. Its public types are safe to share between threads.
 */
@NullMarked
package uk.cpis.gateway.demographics;

import org.jspecify.annotations.NullMarked;
