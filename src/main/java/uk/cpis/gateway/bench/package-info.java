/**
 * The load command: a gateway in a process of its own, distinct signed queries over mutual TLS in a
 * closed loop, and figures that say how they came about. Floor 5: meets the gateway over the wire
 * and its operations port only. Values are immutable; one thread runs a bench, the threads of the
 * load meet in {@link uk.cpis.gateway.bench.ClosedLoop}. Judges no figure: what is fast enough is
 * not known here.
 */
@NullMarked
package uk.cpis.gateway.bench;

import org.jspecify.annotations.NullMarked;
