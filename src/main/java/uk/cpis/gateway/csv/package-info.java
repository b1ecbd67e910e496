/**
 * Tables in files of comma-separated values, read strictly: each column says what it takes, and all
 * faults of a file are reported at once by line and column, never by content. Floor 1: the readers
 * of the registration and of the demographic register stand on it; it knows nothing of the trade.
 * Columns and tables are immutable and safe to share between threads.
 */
@NullMarked
package uk.cpis.gateway.csv;

import org.jspecify.annotations.NullMarked;
