package uk.cpis.gateway.crash;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;

/** Whom the partners send and ask about. The names are looked for where no name may be. */
final class Children {

  /** Stands in every child's name. */
  static final String CANARY = "Canarybird";

  private static final long FIRST = 9_990_200_000L;

  private static final List<DemographicPerson> EVERYONE =
      LongStream.iterate(FIRST, number -> number + 1)
          .mapToObj(Long::toString)
          .flatMap(digits -> NhsNumber.of(digits).stream())
          .limit(400)
          .map(Children::child)
          .toList();

  private Children() {}

  static List<DemographicPerson> all() {
    return EVERYONE.subList(0, 200);
  }

  /** Their records never change. */
  static List<DemographicPerson> steady() {
    return EVERYONE.subList(0, 60);
  }

  /** Their records come and go, at Tower Hamlets. */
  static List<DemographicPerson> ofTowerHamlets() {
    return EVERYONE.subList(60, 90);
  }

  /** Their records come and go, at Hackney. */
  static List<DemographicPerson> ofHackney() {
    return EVERYONE.subList(90, 120);
  }

  /** Their records end, one after the other, and leave the store. */
  static List<DemographicPerson> fading() {
    return EVERYONE.subList(120, 200);
  }

  /** Nobody sends anything about them. */
  static List<DemographicPerson> strangers() {
    return EVERYONE.subList(200, 400);
  }

  /** What no log may contain. */
  static Stream<String> secrets() {
    return Stream.concat(
        Stream.of(CANARY), EVERYONE.stream().map(child -> child.number().digits()));
  }

  private static DemographicPerson child(NhsNumber number) {
    return new DemographicPerson(
        number,
        CANARY + "-Example",
        List.of("Siân"),
        LocalDate.of(2018, 4, 1),
        DemographicPerson.Status.CURRENT,
        Optional.empty(),
        Optional.empty());
  }
}
