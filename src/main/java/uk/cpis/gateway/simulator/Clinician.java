package uk.cpis.gateway.simulator;

import java.util.Optional;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.StaffName;
import uk.cpis.gateway.domain.Telephone;

/** A made-up member of staff who asks; without a telephone the registered site's stands in. */
public record Clinician(
    String userId,
    StaffName name,
    JobRole jobRole,
    Organisation organisation,
    Optional<Telephone> telephone) {}
