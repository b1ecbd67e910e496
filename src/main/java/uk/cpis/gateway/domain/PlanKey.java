package uk.cpis.gateway.domain;

/** What makes a record one: the authority, the person and the type of plan (cpis.md rule 10). */
public record PlanKey(OdsCode authority, NhsNumber person, PlanType type) {}
