/**
 * Between the contract's generated classes and the domain: pure functions, one class for each
 * interaction. Floor 1: no I/O, no clock, no rule of the trade. What has been read cannot be wrong
 * any more; what the schema cannot refuse is refused here with its reason. Safe for threads.
 */
@NullMarked
package uk.cpis.gateway.wire;

import org.jspecify.annotations.NullMarked;
