package uk.cpis.gateway.domain;

/** A local authority with its current telephones; every answer shows these (cpis.md §2). */
public record LocalAuthority(OdsCode code, String name, String region, Contacts contacts) {}
