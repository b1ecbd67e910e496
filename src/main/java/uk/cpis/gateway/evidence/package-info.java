/**
 * The arithmetic of evidence: hashing records into a tree, seals, proofs, the form of an exported
 * audit, and the check of both. Floor 0, and of the JDK only: it is packed by itself into a small
 * jar with a main class, so that an auditor needs neither the gateway nor its libraries. It knows
 * no store and no settings, and decides nothing about what is recorded. Its values are immutable; a
 * check or an export belongs to one thread.
 */
@NullMarked
package uk.cpis.gateway.evidence;

import org.jspecify.annotations.NullMarked;
