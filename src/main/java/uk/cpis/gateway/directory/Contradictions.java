package uk.cpis.gateway.directory;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.OdsCode;

/** What no single line shows: things registered twice, or of an authority that is not there. */
final class Contradictions {

  private Contradictions() {}

  static List<String> in(Registrations registrations) {
    return Stream.of(
            twice("systems.json: system ", registrations.systems(), each -> each.system().asid()),
            twice(
                "authorities.csv: authority ",
                registrations.authorities(),
                each -> each.authority().code()),
            twice("sites.csv: site ", registrations.sites(), RegisteredSite::code),
            strangers(registrations))
        .flatMap(Function.identity())
        .toList();
  }

  private static <T> Stream<String> twice(String what, List<T> all, Function<T, Object> code) {
    Set<Object> seen = new HashSet<>();
    return all.stream()
        .map(code)
        .filter(each -> !seen.add(each))
        .map(each -> what + each + " stands twice");
  }

  private static Stream<String> strangers(Registrations registrations) {
    Set<OdsCode> known =
        registrations.authorities().stream()
            .map(each -> each.authority().code())
            .collect(Collectors.toSet());
    return registrations.systems().stream()
        .map(RegisteredSystem::system)
        .filter(system -> system.localAuthority().filter(code -> !known.contains(code)).isPresent())
        .map(system -> "systems.json: system " + system.asid() + " is of no registered authority");
  }
}
