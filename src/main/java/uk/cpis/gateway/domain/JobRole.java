package uk.cpis.gateway.domain;

/** A job role by its code (such as R0260) and its name. */
public record JobRole(String code, String name) {}
