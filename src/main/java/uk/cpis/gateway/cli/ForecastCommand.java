package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.CertificateForecast;
import uk.cpis.gateway.domain.CertificateFingerprint;
import uk.cpis.gateway.domain.Expiry;

/** Shows what ends when. */
@Command(
    name = "forecast",
    description = {
      "Shows what ends when: the gateway's own keys, CAs, revocation lists, each partner's.",
      "By the files of the configuration, the first to end first."
    },
    mixinStandardHelpOptions = true)
final class ForecastCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Option(
      names = "--days",
      defaultValue = "36500",
      paramLabel = "DAYS",
      description = "Only what ends within so many days.")
  private long days;

  @Option(names = "--json", description = "A JSON object a line.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Instant end = InstantSource.system().instant().plus(Duration.ofDays(days));
    List<Expiry> soon =
        CertificateForecast.of(config.read().settings()).stream()
            .filter(each -> each.at().isBefore(end))
            .toList();
    soon.forEach(each -> out.println(json ? JsonLine.of(fields(each)) : line(each)));
    if (soon.isEmpty() && !json) {
      out.println("Nothing ends within that time.");
    }
    out.flush();
    return 0;
  }

  private static Map<String, Object> fields(Expiry each) {
    return Map.of(
        "whose", each.whose(),
        "what", each.what(),
        "certificate", each.certificate().map(CertificateFingerprint::hex).orElse(""),
        "ends", each.at().toString());
  }

  private static String line(Expiry each) {
    return "%s  %-12s  %s  %s"
        .formatted(
            each.at(),
            each.whose(),
            each.what(),
            each.certificate().map(CertificateFingerprint::hex).orElse(""));
  }
}
