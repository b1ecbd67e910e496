package uk.cpis.gateway.domain;

/** One of the authority's records as it stood at the access: frozen, with its state on that day. */
public record NotifiedRecord(Plan plan, boolean active) {}
