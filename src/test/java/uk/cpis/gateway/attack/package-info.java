/**
 * Hostile messages, each made from a valid one, sent to the real gateway over mutual TLS. One class
 * of attacks in each file; {@code AttackSuiteIT} sends them.
 */
@NullMarked
package uk.cpis.gateway.attack;

import org.jspecify.annotations.NullMarked;
