package uk.cpis.gateway.demographics;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.Subject;

/** Whether sent details are those of a person (rule 9). */
public final class DemographicMatch {

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  private DemographicMatch() {}

  /**
   * Family name and date of birth equal, and given names by the first of these that succeeds: all
   * equal; the first equals the first; the first equals any. Names are compared without case,
   * accents and hyphens; what is nothing but these is no name, and matches none.
   */
  public static boolean matches(Subject sent, DemographicPerson known) {
    String family = Name.fold(sent.familyName());
    return sent.dateOfBirth().equals(known.dateOfBirth())
        && !family.isEmpty()
        && family.equals(Name.fold(known.familyName()))
        && givenNamesMatch(names(Stream.of(sent.givenName())), names(known.givenNames().stream()));
  }

  private static boolean givenNamesMatch(List<String> sent, List<String> known) {
    if (sent.isEmpty() || known.isEmpty()) {
      return false;
    }
    String first = sent.get(0);
    return String.join("", sent).equals(String.join("", known))
        || first.equals(known.get(0))
        || known.contains(first);
  }

  /** The given names one by one, folded; what folds to nothing is no name. */
  private static List<String> names(Stream<String> texts) {
    return texts
        .flatMap(text -> Arrays.stream(BLANKS.split(text)))
        .map(Name::fold)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
