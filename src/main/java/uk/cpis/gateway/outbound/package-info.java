/**
 * One signed call to an authority's own web service, and what came of it: HTTP over mutual TLS, the
 * signed question, the verified answer, and the one place that says what each failure means for
 * delivery. Floor 3: uses domain, contract, wire and security. Knows no store, no queue and no
 * retry: when to try again is the lane's business. Safe to share between threads.
 */
@NullMarked
package uk.cpis.gateway.outbound;

import org.jspecify.annotations.NullMarked;
