/** What tests of several packages share. Safe for threads unless a type says otherwise. */
@NullMarked
package uk.cpis.gateway.testing;

import org.jspecify.annotations.NullMarked;
