package uk.cpis.gateway.domain;

import java.time.Instant;

/**
 * How often one certificate was refused for one cause in one minute.
 *
 * @param minute when the minute began
 * @param certificate the fingerprint of the connection's certificate, or a word where there was
 *     none that is believed
 * @param cause the name of the check that failed
 * @param count at least 1
 */
public record RefusalCount(Instant minute, String certificate, String cause, long count) {}
