/**
 * What is recorded of whom: every accepted message and every refusal of an identified sender, in
 * one form; and how it is sealed, exported and proved. Floor 2: stands on the store, which keeps
 * and numbers the entries, and on the arithmetic of evidence; it knows no rule of the trade. Safe
 * to share between threads.
 */
@NullMarked
package uk.cpis.gateway.audit;

import org.jspecify.annotations.NullMarked;
