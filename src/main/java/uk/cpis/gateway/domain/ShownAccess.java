package uk.cpis.gateway.domain;

import java.time.Instant;

/** One line of the access history, as clinicians and local authorities see it. */
public record ShownAccess(Instant at, String userName, JobRole jobRole, Organisation organisation) {

  /** Leaves the name out. */
  @Override
  public String toString() {
    return "ShownAccess[" + at + ", " + organisation.code() + "]";
  }
}
