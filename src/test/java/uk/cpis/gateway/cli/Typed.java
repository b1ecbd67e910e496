package uk.cpis.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command as it is typed, and how it ended.
 *
 * @param out what it printed
 * @param error what it printed as an error
 */
record Typed(int status, String out, String error) {

  static Typed of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    int status =
        Cpis.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(error, true))
            .execute(arguments);
    return new Typed(status, out.toString(), error.toString());
  }

  /** It did what it was asked for; what it printed. */
  String done() {
    assertThat(error).isEmpty();
    assertThat(status).as(out).isZero();
    return out;
  }

  /** It did not, and ended with this status; what it printed. */
  String ended(int with) {
    assertThat(status).as(out + error).isEqualTo(with);
    return out + error;
  }
}
