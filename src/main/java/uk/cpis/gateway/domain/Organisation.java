package uk.cpis.gateway.domain;

/** An organisation by its code and its name as the sender gave it. */
public record Organisation(OdsCode code, String name) {}
