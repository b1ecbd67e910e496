package uk.cpis.gateway.domain;

import java.util.Optional;

/** A member of a local authority's staff for whom its system asks (cpis.md rule 20). */
public record AuthorityUser(String userId, StaffName name, Optional<String> jobTitle) {

  /** The same person as the audit names an author; an authority's job titles have no code. */
  public Author.Person authorAt(Organisation authority) {
    return new Author.Person(
        userId,
        Optional.empty(),
        new JobRole("", jobTitle.orElse("")),
        name,
        authority,
        Optional.empty());
  }
}
