/**
 * The steps at which the gateway may be interrupted, and who listens to them: nobody, as it is
 * shipped. The crash tests listen, and end the process there. Floor 0: knows nothing else of ours.
 */
@NullMarked
package uk.cpis.gateway.steps;

import org.jspecify.annotations.NullMarked;
