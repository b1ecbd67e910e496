/**
 * What was refused and why, for those who are asked about it: each refusal for some time by its
 * reference, and all of them counted by certificate, cause and minute, within bounds that no sender
 * can widen. Knows nothing of messages, and nothing of a person is in it.
 */
@NullMarked
package uk.cpis.gateway.refusals;

import org.jspecify.annotations.NullMarked;
