package uk.cpis.gateway.simulator;

import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.Telephone;

/** A made-up place where care is given. */
public record Site(
    OdsCode code, String name, String region, CareSetting setting, Telephone telephone) {

  public Organisation organisation() {
    return new Organisation(code, name);
  }
}
