package uk.cpis.gateway.evidence;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;

/** The check as a program of its own: {@code java -jar cpis-gateway-VERSION-verify.jar}. */
public final class AuditVerify {

  private static final int WHOLE = 0;
  private static final int NOT_WHOLE = 1;
  private static final int USAGE = 2;
  private static final int UNREADABLE = 4;

  private static final String HELP =
      """
      Checks an exported audit, or the proof of one record, with nothing but a JDK.

        java -jar cpis-gateway-VERSION-verify.jar FILE --key PEM [...]

        --key PEM        certificate or public key that may have sealed; once for each key in use
                         since the first record. Take it from those who run the gateway, never
                         from whoever gave you FILE.
        --earlier FILE   an earlier export: its seals must be in this one as they were.
        --seal N:DIGEST  a seal that was written down elsewhere, of which the same is true.
        --kept DAYS      for how long records are to be kept; 2922 unless given.
        --json           one JSON object in place of lines.

      Ends with 0 when all is whole, 1 when something is not (the first finding is named first),
      2 when the command line is wrong, 4 when a file or key cannot be used.
      """;

  private final List<Path> files = new ArrayList<>();
  private final List<Path> keys = new ArrayList<>();
  private final List<Path> earlier = new ArrayList<>();
  private final List<String> seals = new ArrayList<>();
  private Duration kept = Verification.USUALLY_KEPT;
  private boolean json;

  private AuditVerify() {}

  /** Checks and ends with the status that says how it came out. */
  public static void main(String[] arguments) {
    System.exit(status(arguments));
  }

  private static int status(String[] arguments) {
    AuditVerify asked = new AuditVerify();
    if (List.of(arguments).contains("--help")) {
      System.out.print(HELP);
      return WHOLE;
    }
    if (!asked.understood(new ArrayDeque<>(List.of(arguments)))) {
      System.err.print(HELP);
      return USAGE;
    }
    try {
      Report report =
          new Verification(asked.files.get(0), asked.keys, asked.earlier, asked.seals, asked.kept)
              .report();
      System.out.print(asked.json ? report.json() + "\n" : report.text());
      return report.whole() ? WHOLE : NOT_WHOLE;
    } catch (EvidenceException e) {
      System.err.println(e.getMessage());
      return UNREADABLE;
    }
  }

  private boolean understood(Deque<String> arguments) {
    try {
      while (!arguments.isEmpty()) {
        take(arguments.pop(), arguments);
      }
      return files.size() == 1 && !keys.isEmpty();
    } catch (NumberFormatException | NoSuchElementException | InvalidPathException e) {
      return false;
    }
  }

  private void take(String argument, Deque<String> rest) {
    switch (argument) {
      case "--key" -> keys.add(Path.of(rest.pop()));
      case "--earlier" -> earlier.add(Path.of(rest.pop()));
      case "--seal" -> seals.add(rest.pop());
      case "--kept" -> kept = Duration.ofDays(Integer.parseInt(rest.pop().replaceFirst("d$", "")));
      case "--json" -> json = true;
      default -> file(argument);
    }
  }

  private void file(String argument) {
    if (argument.startsWith("-")) {
      throw new NumberFormatException(argument);
    }
    files.add(Path.of(argument));
  }
}
