package uk.cpis.gateway.domain;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The name of a member of staff, in the parts in which it was sent. */
public record StaffName(Optional<String> title, Optional<String> given, String family) {

  /** The parts in one line, as it is shown: title, given name, family name. */
  public String full() {
    return Stream.of(title.stream(), given.stream(), Stream.of(family))
        .flatMap(part -> part)
        .collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return "StaffName[redacted]";
  }
}
