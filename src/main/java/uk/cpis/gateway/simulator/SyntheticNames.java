package uk.cpis.gateway.simulator;

import java.util.List;
import java.util.Random;

/**
 * Names that are obviously made up, many of them with letters that systems in this field have
 * mangled.
 */
final class SyntheticNames {
  private static final List<String> GIVEN =
      List.of(
          "Siân",
          "Łucja",
          "Aoife",
          "Zoë",
          "Gŵenno",
          "Björn",
          "Noël",
          "Çağla",
          "Żaneta",
          "Œdith",
          "Seán",
          "Ðuro",
          "Mícheál",
          "Ånna",
          "Testina",
          "Sampleton",
          "Mockery",
          "Exemplar",
          "Dummy",
          "Trialla",
          "Demona",
          "Specimen",
          "Placida",
          "Fictia",
          "Imagina",
          "Pretenda");
  private static final List<String> FAMILY =
      List.of(
          "Ó Briain",
          "Ŵynne-Test",
          "Testerly",
          "Pretendson",
          "Madeup",
          "Notreal",
          "Samplová",
          "Łoremska",
          "Mustermann-Größe",
          "D'Example",
          "Fictionby",
          "Van der Proef",
          "Dønotuse",
          "Ejemplo Niño",
          "Makebelieve",
          "Þykjast",
          "Imaginary-Smith",
          "Fakenham-Doe",
          "Nobody",
          "Placeholder",
          "Prøvesen",
          "Inventedham",
          "Xxtestpatient",
          "Ŷsgolfa");

  private final Random random;

  SyntheticNames(Random random) {
    this.random = random;
  }

  String family() {
    return FAMILY.get(random.nextInt(FAMILY.size()));
  }

  /** One given name, and a second one for every third person. */
  List<String> given() {
    String first = GIVEN.get(random.nextInt(GIVEN.size()));
    return random.nextInt(3) == 0
        ? List.of(first, GIVEN.get(random.nextInt(GIVEN.size())))
        : List.of(first);
  }
}
