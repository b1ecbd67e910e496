package uk.cpis.gateway.directory;

import java.util.Optional;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Telephone;

/** A site of care; its telephone stands in where a user's message gives none (rule 2). */
public record RegisteredSite(
    OdsCode code, String name, String region, CareSetting setting, Optional<Telephone> telephone) {}
