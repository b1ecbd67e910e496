package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** A refusal in words. */
final class RefusalText {

  private RefusalText() {}

  static void print(JsonNode refusal, PrintWriter out) {
    JsonNode note = refusal.path("note");
    JsonNode origin = note.path("origin");
    out.printf("Refused %s%n", refusal.path("at").asText());
    line(out, "reference", note.path("reference"));
    line(out, "code", note.path("code"));
    line(out, "cause", note.path("cause"));
    line(out, "required", note.path("required"));
    line(out, "found", note.path("found"));
    line(out, "remedy", note.path("remedy"));
    line(out, "message", origin.path("message"));
    line(out, "interaction", origin.path("interaction"));
    line(out, "system", origin.path("sender"));
    line(out, "TLS cert", origin.path("transport"));
    line(out, "signer", origin.path("signing"));
    line(out, "address", origin.path("remoteAddress"));
  }

  private static void line(PrintWriter out, String name, JsonNode value) {
    if (!value.isNull() && !value.isMissingNode()) {
      out.printf("  %-12s %s%n", name, value.asText());
    }
  }
}
