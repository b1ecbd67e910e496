/**
 * What is recorded of whom: every accepted message and every refusal of an identified sender, in
 * one form. Floor 2: stands on the store, which keeps and numbers the entries; it decides nothing
 * and knows no rule of the trade. Safe to share between threads.
 */
@NullMarked
package uk.cpis.gateway.audit;

import org.jspecify.annotations.NullMarked;
