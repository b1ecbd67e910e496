package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.SystemsDesk;
import uk.cpis.gateway.directory.RegisteredCertificate;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.RegistrationException;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.directory.Validity;
import uk.cpis.gateway.domain.Asid;

/** Shows and changes the registered systems, whether the gateway runs or stands. */
@Command(
    name = "systems",
    description = {
      "Shows the registered systems, or changes one; it counts at once, and the audit keeps who.",
      "Where no gateway runs, the store is opened for it."
    },
    mixinStandardHelpOptions = true)
final class SystemsCommand implements Callable<Integer> {

  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{8,64}");
  private static final String NOTHING = "Nothing changed: it was so before.";

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Mixin private OperationsOption operations;

  @Parameters(arity = "0..1", paramLabel = "ASID", description = "One system.")
  private String asid = "";

  @Option(
      names = "--register",
      paramLabel = "FILE",
      description = "Registers the systems in a file of the form of systems.json, or anew.")
  private Optional<Path> register = Optional.empty();

  @Option(
      names = "--certificates",
      paramLabel = "FOLDER",
      description = "Where the certificates lie that the file names; beside it unless told.")
  private Optional<Path> certificates = Optional.empty();

  @Option(names = "--suspend", description = "Refuses it until --resume.")
  private boolean suspend;

  @Option(names = "--resume", description = "Takes its messages again.")
  private boolean resume;

  @Option(
      names = "--remove",
      description = "Takes it out of the register; --until ends it and keeps it there.")
  private boolean remove;

  @Option(
      names = "--add-tls",
      paramLabel = "PEM",
      description = "A certificate that it connects with, beside those it has.")
  private Optional<Path> addTls = Optional.empty();

  @Option(
      names = "--add-signing",
      paramLabel = "PEM",
      description = "A certificate that it signs with, beside those it has.")
  private Optional<Path> addSigning = Optional.empty();

  @Option(
      names = "--end",
      paramLabel = "FINGERPRINT",
      description =
          "Ends this certificate of it, --until then or now; its beginning of eight digits or more"
              + " will do.")
  private Optional<String> end = Optional.empty();

  @Option(names = "--from", paramLabel = "TIME", description = "From when what is added counts.")
  private Optional<Instant> from = Optional.empty();

  @Option(names = "--until", paramLabel = "TIME", description = "Until when.")
  private Optional<Instant> until = Optional.empty();

  @Override
  public Integer call() throws Exception {
    SystemsDesk desk = new SystemsDesk(config.read().settings());
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (register.isPresent()) {
        List<RegisteredSystem> read = read(register.get());
        return changed(desk, all -> with(all, read), out);
      }
      if (changes()) {
        return changed(desk, this::change, out);
      }
    } catch (RegistrationException e) {
      e.faults().forEach(out::println);
      out.flush();
      return 1;
    }
    desk.systems().stream()
        .filter(each -> asid.isEmpty() || is(each))
        .forEach(each -> show(each, out));
    out.flush();
    return 0;
  }

  private boolean changes() {
    boolean any =
        suspend
            || resume
            || remove
            || addTls.isPresent()
            || addSigning.isPresent()
            || end.isPresent()
            || until.isPresent();
    if (any && asid.isEmpty()) {
      throw wrong("name the system by its ASID");
    }
    if (from.isPresent() && addTls.isEmpty() && addSigning.isEmpty()) {
      throw wrong("--from says from when a certificate counts: add one with it");
    }
    return any;
  }

  private List<RegisteredSystem> read(Path file) {
    Path beside = file.toAbsolutePath().getParent();
    return Registrations.readSystems(file, certificates.orElse(beside));
  }

  private static List<RegisteredSystem> with(
      List<RegisteredSystem> all, List<RegisteredSystem> read) {
    Set<Asid> anew = read.stream().map(each -> each.system().asid()).collect(Collectors.toSet());
    List<RegisteredSystem> systems = new ArrayList<>(all);
    systems.removeIf(each -> anew.contains(each.system().asid()));
    systems.addAll(read);
    return systems;
  }

  private List<RegisteredSystem> change(List<RegisteredSystem> all) {
    if (all.stream().noneMatch(this::is)) {
      throw wrong("there is no system " + asid);
    }
    return all.stream()
        .filter(each -> !(remove && is(each)))
        .map(each -> is(each) ? changed(each) : each)
        .toList();
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }

  private boolean is(RegisteredSystem registered) {
    return registered.system().asid().digits().equals(asid);
  }

  private RegisteredSystem changed(RegisteredSystem before) {
    Optional<String> ending = end.map(beginning -> theOne(before, beginning));
    RegisteredSystem now = before.suspended(suspend || (before.suspended() && !resume));
    now =
        now.with(
            certificates(now.transport(), addTls, ending),
            certificates(now.signing(), addSigning, ending));
    boolean ofTheSystem =
        until.isPresent() && end.isEmpty() && addTls.isEmpty() && addSigning.isEmpty();
    return ofTheSystem ? now.valid(new Validity(before.validity().from(), until)) : now;
  }

  /** The fingerprint, as it is kept, of the one certificate of this system that is meant. */
  private String theOne(RegisteredSystem system, String written) {
    String beginning = written.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
    if (!FINGERPRINT.matcher(beginning).matches()) {
      throw wrong("--end: expected a fingerprint, or eight digits or more of its beginning");
    }
    List<String> meant =
        Stream.concat(system.transport().stream(), system.signing().stream())
            .map(each -> each.fingerprint().hex())
            .distinct()
            .filter(each -> each.startsWith(beginning))
            .toList();
    if (meant.size() != 1) {
      throw wrong(
          "--end: " + meant.size() + " certificates of " + asid + " begin with " + beginning);
    }
    return meant.get(0);
  }

  private Set<RegisteredCertificate> certificates(
      Set<RegisteredCertificate> before, Optional<Path> added, Optional<String> ending) {
    Set<RegisteredCertificate> all =
        before.stream().map(each -> ended(each, ending)).collect(Collectors.toSet());
    added.ifPresent(
        file -> {
          X509Certificate certificate = Registrations.readCertificate(file);
          all.removeIf(each -> each.certificate().equals(certificate));
          all.add(new RegisteredCertificate(certificate, new Validity(from, until)));
        });
    return all;
  }

  private RegisteredCertificate ended(
      RegisteredCertificate certificate, Optional<String> fingerprint) {
    boolean meant = fingerprint.filter(certificate.fingerprint().hex()::equals).isPresent();
    Instant when = until.orElseGet(InstantSource.system()::instant);
    return meant
        ? new RegisteredCertificate(
            certificate.certificate(), certificate.validity().endingAt(when))
        : certificate;
  }

  private int changed(
      SystemsDesk desk, UnaryOperator<List<RegisteredSystem>> change, PrintWriter out)
      throws IOException, InterruptedException {
    String proposal = desk.propose(change);
    try {
      return told(operations.call().answer("/registration/take/" + proposal), out);
    } catch (ConnectException nobodyRuns) {
      boolean other =
          desk.takeWhileStopped(proposal, OperationsCall.operator(), InstantSource.system());
      out.println(other ? "No gateway runs there; it counts from the next start." : NOTHING);
      out.flush();
      return other ? 0 : 1;
    }
  }

  private static int told(JsonNode answer, PrintWriter out) {
    answer.path("changes").forEach(each -> out.println(each.asText()));
    answer.path("faults").forEach(each -> out.println(each.asText()));
    boolean taken = answer.has("changes");
    boolean changed = !answer.path("changes").isEmpty();
    String counts = changed ? "It counts." : NOTHING;
    out.println(taken ? counts : answer.path("error").asText("Nothing was taken."));
    out.flush();
    return changed ? 0 : 1;
  }

  private static void show(RegisteredSystem each, PrintWriter out) {
    out.printf(
        "%s  %s%s%s%n",
        each.system().asid(),
        each.system().name(),
        each.suspended() ? "  suspended" : "",
        each.validity());
    each.transport().forEach(one -> show("TLS    ", one, out));
    each.signing().forEach(one -> show("signing", one, out));
  }

  private static void show(String use, RegisteredCertificate certificate, PrintWriter out) {
    out.printf(
        "  %s %s ends %s%s%n",
        use,
        certificate.fingerprint(),
        certificate.certificate().getNotAfter().toInstant(),
        certificate.validity());
  }
}
