package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import uk.cpis.gateway.directory.RegisterFile;
import uk.cpis.gateway.directory.RegisteredCertificate;
import uk.cpis.gateway.directory.RegisteredSystem;
import uk.cpis.gateway.directory.Registrations;
import uk.cpis.gateway.directory.Validity;

/** Shows and changes the registered systems, whether the gateway runs or stands. */
@Command(
    name = "systems",
    description = {
      "Shows the registered systems, or changes one; it counts at once, and the audit keeps who.",
      "Where no gateway runs, the store is opened for it."
    },
    mixinStandardHelpOptions = true)
final class SystemsCommand implements Callable<Integer> {

  @Mixin private RegistrationPlace place;

  @Parameters(arity = "0..1", paramLabel = "ASID", description = "One system.")
  private String asid = "";

  @Option(names = "--suspend", description = "Refuses it until --resume.")
  private boolean suspend;

  @Option(names = "--resume", description = "Takes its messages again.")
  private boolean resume;

  @Option(names = "--from", paramLabel = "TIME", description = "From when what is added counts.")
  private Optional<Instant> from = Optional.empty();

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Until when it counts; or the system, where no certificate is meant.")
  private Optional<Instant> until = Optional.empty();

  @Override
  public Integer call() throws Exception {
    if (from.isPresent() && !place.adds()) {
      throw place.wrong("--from says from when a certificate counts: add one with it");
    }
    boolean changes = suspend || resume || until.isPresent();
    return place.done(RegisterFile.SYSTEMS, asid, changes, this::changed, SystemsCommand::print);
  }

  private RegisteredSystem changed(RegisteredSystem before) {
    Optional<String> ending =
        place.ending(Stream.concat(before.transport().stream(), before.signing().stream()), asid);
    RegisteredSystem now = before.suspended(suspend || (before.suspended() && !resume));
    now =
        now.with(
            certificates(now.transport(), place.addTls(), ending),
            certificates(now.signing(), place.addSigning(), ending));
    boolean ofTheSystem = until.isPresent() && !place.ofCertificates();
    return ofTheSystem ? now.valid(new Validity(before.validity().from(), until)) : now;
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

  private static void print(RegisteredSystem each, PrintWriter out) {
    out.printf(
        "%s  %s%s%s%n",
        each.system().asid(),
        each.system().name(),
        each.suspended() ? "  suspended" : "",
        each.validity());
    CertificateText.print(each.transport(), each.signing(), out);
  }
}
