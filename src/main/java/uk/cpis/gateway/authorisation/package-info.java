/**
 * Who may do what: rules 2 and 3 of cpis.md for queries, and which local authority a system speaks
 * for. Floor 1: pure functions over the domain, safe to share between threads; it knows no storage,
 * no message format and no clock, and it decides before anything is read.
 */
@NullMarked
package uk.cpis.gateway.authorisation;

import org.jspecify.annotations.NullMarked;
