/**
 * The story of one query: who may, what is visible, what is committed, what is answered. Floor 3:
 * tells it with the floors below; it knows nothing of the wire, of the broker or of HTTP. Safe to
 * share between threads.
 */
@NullMarked
package uk.cpis.gateway.query;

import org.jspecify.annotations.NullMarked;
