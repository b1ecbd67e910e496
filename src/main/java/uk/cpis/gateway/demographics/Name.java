package uk.cpis.gateway.demographics;

import java.text.Normalizer;
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
          Map.entry("ŧ", "t"),
          Map.entry("ŋ", "n"),
          Map.entry("ɓ", "b"),
          Map.entry("ɗ", "d"),
          Map.entry("ƙ", "k"),
          Map.entry("ƴ", "y"));

  /** The accents of Latin, Greek and Cyrillic; marks that are a script's vowels are no accents. */
  private static final Pattern ACCENTS =
      Pattern.compile("[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]+");

  /** Every dash, blank, soft hyphen and letter without width. */
  private static final Pattern HYPHENS_AND_BLANKS =
      Pattern.compile("[\\p{Pd}\u2212\\p{Z}\\s\\p{Cf}]+");

  private static final Pattern APOSTROPHES =
      Pattern.compile("[\u2018\u2019\u02BB\u02BC\u2032\uFF07\u0060\u00B4]");

  private Name() {}

  /**
   * The name as it is compared. Blanks go with the hyphens, so that a double name is the same with
   * either; an apostrophe stays, but it may be a straight or a curved one.
   */
  static String fold(String name) {
    String straight = APOSTROPHES.matcher(name).replaceAll("'");
    String letters = Normalizer.normalize(straight, Normalizer.Form.NFKD);
    String joined =
        HYPHENS_AND_BLANKS.matcher(ACCENTS.matcher(letters).replaceAll("")).replaceAll("");
    return joined
        .codePoints()
        .map(Name::withoutCase)
        .mapToObj(Character::toString)
        .map(letter -> NOT_DECOMPOSED.getOrDefault(letter, letter))
        .collect(Collectors.joining());
  }

  /** Letter by letter, and so the same in every locale and at every place of a word. */
  private static int withoutCase(int letter) {
    return Character.toLowerCase(Character.toUpperCase(letter));
  }
}
