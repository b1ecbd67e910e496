package uk.cpis.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** What a running gateway answered to somebody who wanted a change. */
record ChangeAnswer(JsonNode answer) {

  static final String NOTHING = "Nothing changed: it was so before.";

  /** Prints each thing that changed, or each fault for which nothing did. */
  void print(PrintWriter out) {
    answer.path("changes").forEach(each -> out.println(each.asText()));
    answer.path("faults").forEach(each -> out.println(each.asText()));
  }

  /** Whether it was done, be it that it was so before. */
  boolean taken() {
    return answer.has("changes");
  }

  /** Whether anything is other than before. */
  boolean changed() {
    return !answer.path("changes").isEmpty();
  }

  /** Why it was not done. */
  String error(String otherwise) {
    return answer.path("error").asText(otherwise);
  }
}
