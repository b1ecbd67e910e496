/**
 * What the people who keep the service running ask of it: health and the state of the lanes, over
 * plain HTTP on the loopback address. Floor 4: uses the public faces below it and knows neither the
 * contract nor the endpoints. Safe for use by several threads. Shows no personal data.
 */
@NullMarked
package uk.cpis.gateway.operations;

import org.jspecify.annotations.NullMarked;
