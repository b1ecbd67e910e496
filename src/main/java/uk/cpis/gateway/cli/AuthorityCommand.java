package uk.cpis.gateway.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import uk.cpis.gateway.simulator.AuthorityBehaviour;

/** Has the simulated system of one authority in a running demonstration do something else. */
@Command(
    name = "authority",
    description =
        "Stops or starts the simulated system of one authority in the demonstration,"
            + " or has it answer in another way.",
    mixinStandardHelpOptions = true)
final class AuthorityCommand implements Callable<Integer> {

  private static final int OK = 200;

  private static final List<String> ACTS =
      Stream.concat(
              Stream.of("stop", "start"),
              Stream.of(AuthorityBehaviour.values())
                  .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-')))
          .toList();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ACT",
      description = {
        "stop or start; or how to answer from now on:",
        "accept, not-ours, try-later, fail, refuse, stall, garbage, unavailable or reset."
      })
  private String act;

  @Parameters(index = "1", paramLabel = "CODE", description = "The authority, such as TWH.")
  private String code;

  @Option(
      names = "--control",
      defaultValue = "http://127.0.0.1:8082",
      paramLabel = "ADDRESS",
      description = "Where the demonstration listens; ${DEFAULT-VALUE} unless told.")
  private URI control;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (!ACTS.contains(act)) {
      throw new ParameterException(
          spec.commandLine(), "'" + act + "': ACT is one of " + String.join(", ", ACTS));
    }
    HttpRequest request =
        HttpRequest.newBuilder(control.resolve("/authorities/" + code + "/" + act))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    out.println(answer.body());
    out.flush();
    return answer.statusCode() == OK ? 0 : 1;
  }
}
