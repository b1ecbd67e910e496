package uk.cpis.gateway.demographics;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The form in which names are compared: without case, accents, hyphens and blanks (rule 9). */
final class Name {

  /** Letters that Unicode does not take apart into a letter and an accent. */
  private static final Map<String, String> NOT_DECOMPOSED =
      Map.ofEntries(
          Map.entry("ł", "l"),
          Map.entry("ø", "o"),
          Map.entry("đ", "d"),
          Map.entry("ß", "ss"),
          Map.entry("æ", "ae"),
          Map.entry("œ", "oe"),
          Map.entry("þ", "th"),
          Map.entry("ð", "d"),
          Map.entry("ı", "i"),
          Map.entry("ħ", "h"),
          Map.entry("ŧ", "t"));

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern HYPHENS_AND_BLANKS = Pattern.compile("[\\p{Pd}\\p{Z}\\s\u00AD]+");
  private static final Pattern APOSTROPHES = Pattern.compile("[\u2018\u2019\u02BC\u0060\u00B4]");

  private Name() {}

  /**
   * The name as it is compared. Blanks go with the hyphens, so that a double name is the same with
   * either; an apostrophe stays, but it may be a straight or a curved one.
   */
  static String fold(String name) {
    String letters =
        ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
    String joined = HYPHENS_AND_BLANKS.matcher(letters).replaceAll("");
    String straight = APOSTROPHES.matcher(joined).replaceAll("'");
    return straight
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .mapToObj(Character::toString)
        .map(letter -> NOT_DECOMPOSED.getOrDefault(letter, letter))
        .collect(Collectors.joining());
  }
}
