/**
 * The world around the gateway, simulated for the demonstration, the load command and the tests:
 * local authorities' systems that receive notifications and turn them into follow-up tasks, a
 * clinical system that asks, and synthetic people, plans and sites from a seed. Floor 5: speaks to
 * the gateway over the wire only and knows nothing of its store, lanes and services. Values are
 * immutable; systems may be used by many threads.
 */
@NullMarked
package uk.cpis.gateway.simulator;

import org.jspecify.annotations.NullMarked;
