package uk.cpis.gateway.domain;

/** One of the authority's own records as holdings list it, and whether a query shows it now. */
public record Holding(Plan plan, boolean shownInAnswers) {}
