/**
 * WS-Security and WS-Addressing: reads a message within limits, verifies that what the application
 * will read is what one trusted certificate signed, and signs what leaves. The core is pure
 * functions on documents: callers use it as it is, and for endpoints two CXF interceptors carry it.
 * Floor 2: uses domain and pki. Knows no contract type, no store and no rule of the trade; look-ups
 * come as functions. It alone constructs a {@code Sender}. All classes are safe to share between
 * threads, except where they say otherwise.
 */
@NullMarked
package uk.cpis.gateway.security;

import org.jspecify.annotations.NullMarked;
