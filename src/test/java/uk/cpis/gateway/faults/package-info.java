/**
 * The fault matrix: what breaks, and what callers and authorities then see. Each row of the table
 * in the README names its test.
 */
@NullMarked
package uk.cpis.gateway.faults;

import org.jspecify.annotations.NullMarked;
