/**
 * What leaves the store when its time has come (rule 6, cpis.md §2), and the space it gives back.
 * Floor 3: stands on the store and the audit; it knows nothing of messages, lanes or the wire, and
 * has no thread of its own. Each sweep goes in small transactions beside live traffic, may end
 * between any two of them, and takes up what is left the next time. {@link
 * uk.cpis.gateway.retention.RetentionSweep} is safe to share between threads, one sweeping at a
 * time.
 */
@NullMarked
package uk.cpis.gateway.retention;

import org.jspecify.annotations.NullMarked;
