package uk.cpis.gateway.domain;

import java.util.Optional;

/** An authority's telephones: the emergency duty team's always, the office's where given. */
public record Contacts(Telephone emergencyDutyTeam, Optional<Telephone> officeHours) {}
