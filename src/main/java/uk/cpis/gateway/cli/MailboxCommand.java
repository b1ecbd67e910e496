package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.contract.mailbox.AcknowledgeResponse;
import uk.cpis.gateway.contract.mailbox.CollectResponse;
import uk.cpis.gateway.contract.types.AnswerCode;
import uk.cpis.gateway.domain.LondonDay;
import uk.cpis.gateway.domain.OdsCode;
import uk.cpis.gateway.pki.DevelopmentCertificates;
import uk.cpis.gateway.simulator.AuthoritySystem;
import uk.cpis.gateway.simulator.Estate;
import uk.cpis.gateway.simulator.GatewayReply;
import uk.cpis.gateway.simulator.MailboxClient;
import uk.cpis.gateway.simulator.MailboxItem;
import uk.cpis.gateway.simulator.PartnerWorld;
import uk.cpis.gateway.simulator.SyntheticPack;

/** Collects what waits for an authority without a server, and acknowledges it when told to. */
@Command(
    name = "mailbox",
    description =
        "Collects what waits in the demonstration for an authority that collects (IOS or RUT).",
    mixinStandardHelpOptions = true)
final class MailboxCommand implements Callable<Integer> {

  private static final Map<String, AnswerCode> ANSWERS =
      Map.of(
          "accept", AnswerCode.ACCEPTED,
          "not-ours", AnswerCode.NOT_OURS,
          "try-later", AnswerCode.TRY_LATER);

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CODE", description = "The authority, such as IOS.")
  private String code;

  @Option(
      names = "--acknowledge",
      arity = "0..1",
      fallbackValue = "accept",
      paramLabel = "ANSWER",
      description = "Then says of each: accept (unless told otherwise), not-ours or try-later.")
  private String answer = "";

  @Option(
      names = "--limit",
      defaultValue = "100",
      paramLabel = "COUNT",
      description = "The most to collect, 1 to 100; ${DEFAULT-VALUE} unless told.")
  private int limit;

  @Mixin private DemonstrationOptions demonstration;

  @Override
  public Integer call() {
    if (!answer.isEmpty() && !ANSWERS.containsKey(answer)) {
      throw new ParameterException(
          spec.commandLine(), "--acknowledge takes accept, not-ours, try-later");
    }
    InstantSource clock = InstantSource.system();
    DevelopmentCertificates keys = demonstration.keys();
    SyntheticPack pack = SyntheticPack.of(SyntheticPack.SEED, 0, LondonDay.of(clock.instant()));
    AuthoritySystem system =
        Estate.authoritySystem(pack, new OdsCode(code.toUpperCase(Locale.ROOT)), keys);
    PartnerWorld world = demonstration.world(keys, clock);
    PrintWriter out = spec.commandLine().getOut();
    try (MailboxClient mailbox =
        new MailboxClient(system, world, demonstration.service("/mailbox"))) {
      return collected(mailbox, mailbox.collect(limit), out);
    } finally {
      out.flush();
    }
  }

  private int collected(
      MailboxClient mailbox, GatewayReply<CollectResponse> reply, PrintWriter out) {
    if (!(reply instanceof GatewayReply.Answered<CollectResponse> answered)) {
      return AnswerText.unanswered(reply, out);
    }
    List<MailboxItem> items = MailboxItem.of(answered.content());
    items.forEach(item -> show(item, out));
    out.printf(
        "%d collected, %d more wait (%s).%n",
        items.size(), answered.content().getRemaining(), AnswerText.millis(reply.took()));
    return answer.isEmpty() || items.isEmpty()
        ? 0
        : acknowledged(mailbox.acknowledge(items, ANSWERS.get(answer)), out);
  }

  private static int acknowledged(GatewayReply<AcknowledgeResponse> reply, PrintWriter out) {
    if (!(reply instanceof GatewayReply.Answered<AcknowledgeResponse> answered)) {
      return AnswerText.unanswered(reply, out);
    }
    answered
        .content()
        .getItem()
        .forEach(
            item -> out.printf("%s  %s%n", item.getNotificationId(), item.getSettlement().value()));
    return 0;
  }

  private static void show(MailboxItem item, PrintWriter out) {
    out.printf("Notification %d, %s%n", item.number(), item.id());
    item.text()
        .lines()
        .flatMap(line -> AnswerText.folded(line).stream())
        .forEach(line -> out.println("  | " + line));
  }
}
