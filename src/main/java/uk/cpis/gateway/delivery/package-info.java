/**
 * Brings what is owed to the authorities: the relay carries owed rows into the lanes, one worker
 * per lane delivers them, and every ending is a row in the store before the broker hears of it.
 * Floor 4; the only owner of retry. It knows neither HTTP nor SOAP (sending is a function given to
 * it) and never why something is owed. {@link uk.cpis.gateway.delivery.Delivery} may be shared
 * between threads.
 */
@NullMarked
package uk.cpis.gateway.delivery;

import org.jspecify.annotations.NullMarked;
