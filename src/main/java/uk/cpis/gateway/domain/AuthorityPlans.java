package uk.cpis.gateway.domain;

import java.util.List;

/** The visible records of one authority about one person, with the authority's telephones. */
public record AuthorityPlans(LocalAuthority authority, List<Plan> plans) {

  /** Copies the list. */
  public AuthorityPlans {
    plans = List.copyOf(plans);
  }
}
