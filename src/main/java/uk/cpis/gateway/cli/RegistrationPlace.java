package uk.cpis.gateway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.RegistrationDesk;
import uk.cpis.gateway.directory.RegisterFile;
import uk.cpis.gateway.directory.RegisteredCertificate;
import uk.cpis.gateway.directory.RegistrationException;

/**
 * What the commands about systems and authorities share: whose registration, the options that mean
 * the same of both, and how a change comes to count.
 */
final class RegistrationPlace {

  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{8,64}");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Mixin private OperationsOption operations;

  @Option(
      names = "--register",
      paramLabel = "FILE",
      description = "Registers those in a file of the form of the registration's own, or anew.")
  private Optional<Path> register = Optional.empty();

  @Option(
      names = "--certificates",
      paramLabel = "FOLDER",
      description = "Where the certificates lie that the file names; beside it unless told.")
  private Optional<Path> certificates = Optional.empty();

  @Option(names = "--remove", description = "Takes it out of the register.")
  private boolean remove;

  @Option(
      names = "--add-tls",
      paramLabel = "PEM",
      description = "A certificate of its connections, beside those it has.")
  private Optional<Path> addTls = Optional.empty();

  @Option(
      names = "--add-signing",
      paramLabel = "PEM",
      description = "A certificate that it signs with, beside those it has.")
  private Optional<Path> addSigning = Optional.empty();

  @Option(
      names = "--end",
      paramLabel = "FINGERPRINT",
      description = "Ends this certificate of it; its beginning of eight digits or more will do.")
  private Optional<String> end = Optional.empty();

  Optional<Path> addTls() {
    return addTls;
  }

  Optional<Path> addSigning() {
    return addSigning;
  }

  /** Whether a certificate is added. */
  boolean adds() {
    return addTls.isPresent() || addSigning.isPresent();
  }

  /** Whether a certificate is added, or ended. */
  boolean ofCertificates() {
    return adds() || end.isPresent();
  }

  /** The fingerprint, as it is kept, of the one certificate of these that is to end. */
  Optional<String> ending(Stream<RegisteredCertificate> its, String named) {
    return end.map(written -> theOne(its, named, written));
  }

  private String theOne(Stream<RegisteredCertificate> its, String named, String written) {
    String beginning = written.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
    if (!FINGERPRINT.matcher(beginning).matches()) {
      throw wrong("--end: expected a fingerprint, or eight digits or more of its beginning");
    }
    List<String> meant =
        its.map(each -> each.fingerprint().hex())
            .distinct()
            .filter(each -> each.startsWith(beginning))
            .toList();
    if (meant.size() != 1) {
      throw wrong(
          "--end: " + meant.size() + " certificates of " + named + " begin with " + beginning);
    }
    return meant.get(0);
  }

  ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  /**
   * Registers what is in a file, changes the one that is named, or shows those that are registered;
   * the exit code.
   *
   * @param named the one that is meant, or empty
   * @param changes whether an option of the command's own changes it
   * @param change what they make of it
   */
  <T> int done(
      RegisterFile<T> file,
      String named,
      boolean changes,
      UnaryOperator<T> change,
      BiConsumer<T, PrintWriter> text)
      throws IOException, InterruptedException {
    RegistrationDesk<T> desk = new RegistrationDesk<>(config.read().settings(), file);
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (register.isPresent()) {
        List<T> read = read(file, register.get());
        return changed(desk, all -> file.with(all, read), out);
      }
      if (changes || remove || ofCertificates()) {
        String subject = the(file, named);
        return changed(desk, all -> changed(file, all, subject, change), out);
      }
    } catch (RegistrationException e) {
      e.faults().forEach(out::println);
      out.flush();
      return 1;
    }
    desk.all().stream()
        .filter(each -> named.isEmpty() || file.subject(each).equals(named))
        .forEach(each -> text.accept(each, out));
    out.flush();
    return 0;
  }

  private <T> List<T> read(RegisterFile<T> file, Path from) {
    return file.read(from, certificates.orElse(from.toAbsolutePath().getParent()));
  }

  private String the(RegisterFile<?> file, String named) {
    if (named.isEmpty()) {
      String label = spec.positionalParameters().get(0).paramLabel();
      throw wrong("name the " + one(file) + " by its " + label);
    }
    return named;
  }

  private <T> List<T> changed(
      RegisterFile<T> file, List<T> all, String named, UnaryOperator<T> change) {
    if (all.stream().noneMatch(each -> file.subject(each).equals(named))) {
      throw wrong("there is no " + one(file) + " " + named);
    }
    return all.stream()
        .filter(each -> !(remove && file.subject(each).equals(named)))
        .map(each -> file.subject(each).equals(named) ? change.apply(each) : each)
        .toList();
  }

  private static String one(RegisterFile<?> file) {
    return file.kind().name().toLowerCase(Locale.ROOT);
  }

  private <T> int changed(RegistrationDesk<T> desk, UnaryOperator<List<T>> change, PrintWriter out)
      throws IOException, InterruptedException {
    String proposal = desk.propose(change);
    try {
      return told(
          new ChangeAnswer(operations.call().answer("/registration/take/" + proposal)), out);
    } catch (ConnectException nobodyRuns) {
      boolean other =
          desk.takeWhileStopped(proposal, OperationsCall.operator(), InstantSource.system());
      out.println(
          other ? "No gateway runs there; it counts from the next start." : ChangeAnswer.NOTHING);
      out.flush();
      return other ? 0 : 1;
    }
  }

  private static int told(ChangeAnswer answer, PrintWriter out) {
    answer.print(out);
    String counts = answer.changed() ? "It counts." : ChangeAnswer.NOTHING;
    out.println(answer.taken() ? counts : answer.error("Nothing was taken."));
    out.flush();
    return answer.changed() ? 0 : 1;
  }
}
