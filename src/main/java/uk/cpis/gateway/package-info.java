/**
 * The root: the configuration, and the one place where the parts of the gateway are put together in
 * plain constructors and closed in reverse. Floor 5: may use every package but the tools
 * (simulator, bench) and the commands, and holds no rule of the trade. It reads the clock and hands
 * it down.
 */
@NullMarked
package uk.cpis.gateway;

import org.jspecify.annotations.NullMarked;
