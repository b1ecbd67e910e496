/**
 * Who is registered: systems with their certificates and rights, local authorities with telephones
 * and the way their notifications reach them, and sites. Read once from a folder of files, all
 * faults at once. Floor 2: stands on the store, which keeps the telephones; it knows nothing of the
 * wire. All its types are safe to share between threads.
 */
@NullMarked
package uk.cpis.gateway.directory;

import org.jspecify.annotations.NullMarked;
