package uk.cpis.gateway.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The parameter by which commands about one record of the audit are told which. */
final class AuditedId {

  private static final String FORM = "[1-9][0-9]{0,17}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @Parameters(
      paramLabel = "ID",
      description = "The record's number or id, or the id of its message.")
  private String id;

  /** The number or id, in the one form it may have. */
  String of(CommandSpec spec) {
    if (!id.matches(FORM)) {
      throw new ParameterException(
          spec.commandLine(), "ID is a number or an id in small letters, found " + id);
    }
    return id;
  }
}
