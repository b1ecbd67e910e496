/**
 * Notifications for local authorities that have no server of their own: collected by them, and
 * offered again until they acknowledge. Floor 3: serves from the store what is owed and not
 * settled; it knows nothing of lanes, of the wire or of HTTP. Safe to share between threads.
 */
@NullMarked
package uk.cpis.gateway.mailbox;

import org.jspecify.annotations.NullMarked;
