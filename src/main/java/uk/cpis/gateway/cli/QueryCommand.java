package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.contract.query.PlanQueryResponse;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.simulator.ClinicalSystem;
import uk.cpis.gateway.simulator.Clinicians;
import uk.cpis.gateway.simulator.GatewayReply;
import uk.cpis.gateway.simulator.PartnerWorld;
import uk.cpis.gateway.simulator.SyntheticPack;

/** Sends a signed query to a running development gateway, as one of the made-up clinicians. */
@Command(
    name = "query",
    description = "Sends a signed query to the demonstration and shows the verified answer.",
    mixinStandardHelpOptions = true)
final class QueryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NUMBER",
      description =
          "The NHS number, or - to read it from standard input; the story's child if none.")
  private String number = "";

  @Option(
      names = "--from",
      defaultValue = "consultant",
      paramLabel = "WHO",
      description = "consultant, call-handler, paramedic or practice-nurse.")
  private String from;

  @Mixin private DemonstrationOptions demonstration;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    InstantSource clock = InstantSource.system();
    SyntheticPack pack = SyntheticPack.of(SyntheticPack.SEED, 0, LondonDay.of(clock.instant()));
    DevelopmentCertificates keys = demonstration.keys();
    PartnerWorld world = demonstration.world(keys, clock);
    Clinicians clinician = clinician();
    try (ClinicalSystem system = clinician.system(keys, world, demonstration.service("/query"))) {
      GatewayReply<PlanQueryResponse> reply = system.ask(clinician.about(person(pack), pack));
      AnswerText.of(reply).forEach(out::println);
      out.println("(" + AnswerText.millis(reply.took()) + ")");
      out.flush();
      return exitCode(reply);
    }
  }

  private static int exitCode(GatewayReply<PlanQueryResponse> reply) {
    if (reply instanceof GatewayReply.Failed<PlanQueryResponse> failed && !failed.reached()) {
      return Cpis.UNREACHABLE;
    }
    return reply instanceof GatewayReply.Answered ? 0 : 1;
  }

  private Clinicians clinician() {
    try {
      return Clinicians.valueOf(from.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--from takes consultant, call-handler, paramedic, practice-nurse");
    }
  }

  private NhsNumber person(SyntheticPack pack) {
    if (number.isEmpty()) {
      return pack.story().child().number();
    }
    String typed =
        number.equals("-") ? new Scanner(System.in, StandardCharsets.UTF_8).nextLine() : number;
    return NhsNumber.typed(typed)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), "that is not an NHS number with a good check digit"));
  }
}
