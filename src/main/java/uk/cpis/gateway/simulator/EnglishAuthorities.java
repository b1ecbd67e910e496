package uk.cpis.gateway.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import uk.cpis.gateway.domain.Contacts;
import uk.cpis.gateway.domain.LocalAuthority;
import uk.cpis.gateway.domain.OdsCode;

/** The real English local authorities by name and code, with made-up telephones. */
final class EnglishAuthorities {
  private static final String FILE = "local-authorities.csv";

  /** A comma that does not stand between quotation marks. */
  private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  private static final int CODE = 1;
  private static final int NAME = 2;
  private static final int REGION = 3;

  private EnglishAuthorities() {}

  static List<LocalAuthority> with(DramaTelephones telephones) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(EnglishAuthorities.class.getResourceAsStream(FILE)),
                StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).map(line -> authority(line, telephones)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the list of local authorities", e);
    }
  }

  private static LocalAuthority authority(String line, DramaTelephones telephones) {
    String[] fields = COMMA.split(line);
    String region = fields[REGION];
    Contacts contacts = new Contacts(telephones.next(region), Optional.of(telephones.next(region)));
    return new LocalAuthority(
        new OdsCode(fields[CODE]), fields[NAME].replace("\"", ""), region, contacts);
  }
}
