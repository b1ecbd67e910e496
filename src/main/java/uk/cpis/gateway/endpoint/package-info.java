/**
 * The doorways: the HTTPS edge with its limits, the web services of the contracts, the faults, and
 * the publishing of all of it. Floor 4. An operation reads, asks a service and writes; it has no
 * rule of the trade and knows neither store nor queue. Shared between request threads.
 */
@NullMarked
package uk.cpis.gateway.endpoint;

import org.jspecify.annotations.NullMarked;
