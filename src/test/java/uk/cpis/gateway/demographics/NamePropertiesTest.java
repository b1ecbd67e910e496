package uk.cpis.gateway.demographics;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.Subject;

/** Rule 9, over many names from a fixed seed: what a comparison must not see, and what it must. */
class NamePropertiesTest {

  private static final int MANY = 2_000;
  private static final LocalDate BORN = LocalDate.of(2015, 3, 14);
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzàáâãäåçèéêëìíîïñòóôõöùúûüýÿāćčďęěğįłńňőøœřśşšťůűųŵŷžźżßæþðđıħŧ";
  private static final String NO_LETTERS = "- \u2010\u2014\u00A0\u00AD\u200B\u0301\t";

  /** How else the same name may be written. */
  private static final List<UnaryOperator<String>> WRITINGS =
      List.of(
          name -> name,
          name -> name.toUpperCase(Locale.ROOT),
          name -> name.toLowerCase(Locale.ROOT),
          name -> Normalizer.normalize(name, Normalizer.Form.NFD),
          name -> Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{Mn}", ""),
          name -> name.replace('-', '\u2010'),
          name -> name.replace('-', ' '),
          name -> name.replace("-", ""));

  private final Random random = new Random(20_150_314);

  @Test
  void aNameIsTheSameHoweverItIsWritten() {
    many(
        () -> {
          String name = family();
          String given = word(LETTERS, 1, 12);
          assertThat(matches(written(name), "Anna", written(name), List.of("Anna"))).isTrue();
          assertThat(matches("Test", written(given), "Test", List.of("Zofia", written(given))))
              .isTrue();
        });
  }

  @Test
  void comparingFamilyNamesIsSymmetric() {
    many(
        () -> {
          String one = word("aáAłlL-", 1, 3);
          String other = word("aáAłlL-", 1, 3);
          assertThat(matches(one, "Anna", other, List.of("Anna")))
              .isEqualTo(matches(other, "Anna", one, List.of("Anna")));
        });
  }

  @Test
  void namesOfOtherLettersAreOthers() {
    many(
        () -> {
          String one = word("abc-", 1, 4);
          String other = word("abc-", 1, 4);
          boolean same = !letters(one).isEmpty() && letters(one).equals(letters(other));
          assertThat(matches(one, "Anna", other, List.of("Anna"))).isEqualTo(same);
        });
  }

  @Test
  void whatIsNoNameMatchesNothing() {
    many(
        () -> {
          String nothing = word(NO_LETTERS, 0, 4);
          String neither = word(NO_LETTERS, 0, 4);
          assertThat(matches(nothing, "Anna", neither, List.of("Anna"))).isFalse();
          assertThat(matches("Test", nothing, "Test", List.of(neither))).isFalse();
          assertThat(matches("Test", "Anna", "Test", List.of(neither))).isFalse();
          assertThat(matches("Test", nothing, "Test", List.of("Anna"))).isFalse();
        });
  }

  @Test
  void givenNamesMatchWhereAllOrTheFirstDoAndNowhereElse() {
    many(
        () -> {
          List<String> sent = given();
          List<String> known = given();
          boolean expected = sent.equals(known) || known.contains(sent.get(0));
          assertThat(matches("Test", String.join(" ", sent), "Test", known)).isEqualTo(expected);
        });
  }

  @Test
  void theLocaleOfTheMachineMakesNoDifference() {
    Locale before = Locale.getDefault();
    List<String> names = IntStream.range(0, MANY).mapToObj(i -> written(family())).toList();
    List<String> folded = names.stream().map(Name::fold).toList();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(names.stream().map(Name::fold).toList()).isEqualTo(folded);
      assertThat(Name.fold("IŞIK-İLİ")).isEqualTo(Name.fold("ışık ili"));
    } finally {
      Locale.setDefault(before);
    }
  }

  private static void many(Runnable property) {
    IntStream.range(0, MANY).forEach(i -> property.run());
  }

  private String family() {
    String one = word(LETTERS, 1, 12);
    return random.nextBoolean() ? one + "-" + word(LETTERS, 1, 12) : one;
  }

  private List<String> given() {
    List<String> names = List.of("anna", "maria", "zofia", "ann");
    return IntStream.rangeClosed(0, random.nextInt(3))
        .mapToObj(i -> names.get(random.nextInt(names.size())))
        .toList();
  }

  private String written(String name) {
    return WRITINGS.get(random.nextInt(WRITINGS.size())).apply(name);
  }

  private String word(String letters, int least, int most) {
    return random
        .ints(least + random.nextInt(most - least + 1), 0, letters.length())
        .mapToObj(i -> letters.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  private static String letters(String text) {
    return text.replace("-", "");
  }

  private static boolean matches(
      String sentFamily, String sentGiven, String knownFamily, List<String> knownGiven) {
    return DemographicMatch.matches(
        new Subject(sentFamily, sentGiven, BORN),
        new DemographicPerson(
            new NhsNumber("9990000018"),
            knownFamily,
            knownGiven,
            BORN,
            DemographicPerson.Status.CURRENT,
            Optional.empty(),
            Optional.empty()));
  }
}
