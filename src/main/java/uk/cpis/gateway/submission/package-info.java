/**
 * The story of one submission: whose it is, whether it was here before, what demographics say of
 * its people, and what becomes of each record. Floor 3: tells it with the floors below; it knows
 * nothing of the wire or of HTTP. The checks are pure functions; the service is safe to share
 * between threads.
 */
@NullMarked
package uk.cpis.gateway.submission;

import org.jspecify.annotations.NullMarked;
