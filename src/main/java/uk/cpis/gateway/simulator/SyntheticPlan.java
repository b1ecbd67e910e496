package uk.cpis.gateway.simulator;

import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.PlanPeriod;
import uk.cpis.gateway.domain.PlanType;

/** A made-up plan of one authority about one made-up person. */
public record SyntheticPlan(
    OdsCode authority,
    DemographicPerson person,
    PlanType type,
    PlanPeriod period,
    String localIdentifier) {}
