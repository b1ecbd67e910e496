package uk.cpis.gateway.demographics;

import java.time.Duration;

/** How many of the numbers held are looked at again at once, and the pause between. */
public record RecheckSettings(int page, Duration pause) {}
