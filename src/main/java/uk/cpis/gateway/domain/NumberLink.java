package uk.cpis.gateway.domain;

import java.time.Instant;

/** One merge: the older number was superseded by the newer, as known since then (rule 14). */
public record NumberLink(NhsNumber older, NhsNumber newer, Instant since) {}
