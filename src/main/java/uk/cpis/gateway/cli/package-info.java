/**
 * The commands: reading arguments, starting and stopping, telling people what happens. Floor 5, on
 * top of everything; nobody uses it. Holds no rule of the trade. Each command runs on the main
 * thread.
 */
@NullMarked
package uk.cpis.gateway.cli;

import org.jspecify.annotations.NullMarked;
