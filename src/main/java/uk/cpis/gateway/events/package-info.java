/**
 * What news of demographics change and whom they are told to: how a number stands, inactive numbers
 * after merges and adoptions, withdrawals, births (rules 14, 15 and 19). Floor 3: decides with the
 * domain and works in the transaction it is given, so that the change, what is owed for it and its
 * audit stand or fall together. That a child's plan ends at 18 is no event: it is worked out on
 * each day (rule 13). It knows nothing of the wire, of the broker, or of where news come from. Safe
 * to share between threads.
 */
@NullMarked
package uk.cpis.gateway.events;

import org.jspecify.annotations.NullMarked;
