package uk.cpis.gateway.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That what is kept beside a record in the store is not what the record names by its digest. It is
 * found while the store is exported, stands in the file behind the record, and the signed end binds
 * it.
 */
record Apart(long number, ExportFile.Beside beside, boolean gone) {

  private static final Pattern LINE =
      Pattern.compile("apart " + Seal.NUMBER + " (signature|change|seal) (altered|gone)");

  static String line(long number, ExportFile.Beside beside, boolean gone) {
    return "apart " + number + " " + word(beside) + (gone ? " gone" : " altered");
  }

  static Optional<Apart> read(String line) {
    Matcher parts = LINE.matcher(line);
    return parts.matches()
        ? Optional.of(
            new Apart(
                Long.parseLong(parts.group(1)),
                beside(parts.group(2)),
                parts.group(3).equals("gone")))
        : Optional.empty();
  }

  private static ExportFile.Beside beside(String word) {
    return Arrays.stream(ExportFile.Beside.values())
        .filter(each -> word(each).equals(word))
        .findFirst()
        .orElseThrow();
  }

  private static String word(ExportFile.Beside beside) {
    return beside.name().toLowerCase(Locale.ROOT);
  }

  Finding finding() {
    return Finding.of(
        gone ? Finding.Kind.MISSING : Finding.Kind.ALTERED,
        number,
        "the "
            + word(beside)
            + " that was kept beside record "
            + number
            + (gone ? " is not there" : " is not the one that it names"));
  }
}
