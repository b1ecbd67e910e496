package uk.cpis.gateway.domain;

import java.util.Optional;

/**
 * Who looks at a record: a person, or a device where nobody is signed in (cpis.md rule 2). Both are
 * kept as they were sent.
 */
public sealed interface Author {

  /** A signed-in user. */
  record Person(
      String userId,
      Optional<String> roleProfileId,
      JobRole jobRole,
      StaffName name,
      Organisation organisation,
      Optional<Telephone> telephone)
      implements Author {

    @Override
    public String userKey() {
      return userId;
    }

    @Override
    public String shownName() {
      return name.full();
    }
  }

  /** A system that asks by itself, with the person who answers for it. */
  record Device(
      Asid asid,
      Organisation organisation,
      StaffName responsiblePerson,
      JobRole jobRole,
      Optional<Telephone> telephone)
      implements Author {

    @Override
    public String userKey() {
      return asid.digits();
    }

    @Override
    public String shownName() {
      return responsiblePerson.full();
    }
  }

  /**
   * What makes two accesses the same user's, together with the organisation's code (cpis.md §2).
   */
  String userKey();

  /** The name that the access history and notifications show. */
  String shownName();

  JobRole jobRole();

  Organisation organisation();

  /** The number to ring back, where the message gave one. */
  Optional<Telephone> telephone();
}
