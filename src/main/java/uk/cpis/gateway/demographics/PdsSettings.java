package uk.cpis.gateway.demographics;

import java.net.URI;
import java.time.Duration;

/**
 * How PDS is asked.
 *
 * @param address the base address of its FHIR R4 API, without a slash at the end
 * @param connect how long connecting may take
 * @param deadline how long all look-ups of one call may take together (rule 17)
 * @param parallel how many look-ups of one call are under way at once
 */
public record PdsSettings(URI address, Duration connect, Duration deadline, int parallel) {}
