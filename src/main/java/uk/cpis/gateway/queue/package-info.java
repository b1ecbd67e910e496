/**
 * The broker inside this process, and its lanes: one durable queue per local authority, which
 * carries ids only. Floor 1: the only package that knows JMS; it knows neither the store nor what a
 * notification says, and it never decides when to try again. {@link uk.cpis.gateway.queue.Lanes}
 * may be shared between threads; a {@link uk.cpis.gateway.queue.Lane} is consumed by one thread at
 * a time.
 */
@NullMarked
package uk.cpis.gateway.queue;

import org.jspecify.annotations.NullMarked;
