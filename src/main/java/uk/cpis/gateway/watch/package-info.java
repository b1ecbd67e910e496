/**
 * Looks at what should happen and does not: notifications that grow old, authorities that no longer
 * submit, systems that no longer ask. Each is told once when it begins and once when it is over,
 * restart or not. Floor 4: knows the store and who is registered, and neither lanes nor endpoints.
 * {@link uk.cpis.gateway.watch.Watch} may be shared between threads.
 */
@NullMarked
package uk.cpis.gateway.watch;

import org.jspecify.annotations.NullMarked;
