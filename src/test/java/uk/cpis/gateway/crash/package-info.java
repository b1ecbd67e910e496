/**
 * The gateway as a real process that is killed, and what must be true afterwards: a process to kill
 * at a step, partners that keep logs outside of it, and a checker over logs and store.
 */
package uk.cpis.gateway.crash;
