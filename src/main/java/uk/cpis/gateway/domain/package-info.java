/**
 * The language of the trade: identifiers, plans, accesses, notifications, submissions, and the pure
 * rules about them. Floor 0: knows the Java base only; no wire format, no storage, no logging, and
 * it never reads a clock. Every type is immutable and safe to share between threads.
 */
@NullMarked
package uk.cpis.gateway.domain;

import org.jspecify.annotations.NullMarked;
