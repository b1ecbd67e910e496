package uk.cpis.gateway.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** The option by which commands that ask a running gateway find it. */
final class OperationsOption {

  @Option(
      names = "--operations",
      defaultValue = "http://127.0.0.1:8081",
      paramLabel = "ADDRESS",
      description = "The gateway's operations address; ${DEFAULT-VALUE} unless told.")
  private URI address;

  /** A line to that gateway. */
  OperationsCall call() {
    return new OperationsCall(address);
  }
}
