/**
 * What a local authority may ask about its own (rule 20): what the gateway holds of it, and who
 * looked at the records of a person it holds a record of. Floor 3: knows nothing of the wire or of
 * HTTP. Safe to share between threads.
 */
@NullMarked
package uk.cpis.gateway.history;

import org.jspecify.annotations.NullMarked;
