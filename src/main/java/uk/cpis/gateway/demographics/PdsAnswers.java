package uk.cpis.gateway.demographics;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import uk.cpis.gateway.domain.NhsNumber;

/**
 * The one place that says what an answer of PDS means. A status alone says that a number was never
 * issued to nobody: only an outcome that names the code of PDS does, because a wrong address or a
 * proxy answers 404 too.
 */
final class PdsAnswers {

  private static final int LONGEST_WAIT_DIGITS = 6;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1," + LONGEST_WAIT_DIGITS + "}");

  private PdsAnswers() {}

  /** What the answer says of the number that was asked for. */
  static Reading of(NhsNumber asked, HttpAnswer answer) {
    return switch (answer.status()) {
      case 200 ->
          Json.read(answer.body())
              .map(json -> Patient.of(asked, json))
              .orElse(new Reading.Broken("the answer is not JSON"));
      case 400, 404 -> refusal(answer);
      case 401 -> new Reading.NotLetIn();
      case 408, 429, 500, 502, 503, 504 ->
          new Reading.Later("PDS answered with " + answer.status(), pause(answer));
      default -> new Reading.Broken("PDS answered with " + answer.status());
    };
  }

  private static Reading refusal(HttpAnswer answer) {
    return Json.read(answer.body()).stream()
        .flatMap(PdsAnswers::codes)
        .flatMap(code -> meaning(code).stream())
        .findFirst()
        .<Reading>map(Reading.Known::new)
        .orElse(new Reading.Broken("PDS answered with " + answer.status() + " and no known code"));
  }

  private static Optional<LookUp> meaning(String code) {
    return switch (code) {
      case "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID" -> Optional.of(new LookUp.NotFound());
      case "INVALIDATED_RESOURCE" -> Optional.of(new LookUp.Invalidated());
      default -> Optional.empty();
    };
  }

  private static Stream<String> codes(JsonNode outcome) {
    if (!outcome.path("resourceType").asText().equals("OperationOutcome")) {
      return Stream.empty();
    }
    return elements(outcome.path("issue"))
        .flatMap(issue -> elements(issue.path("details").path("coding")))
        .map(coding -> coding.path("code").asText());
  }

  private static Optional<Duration> pause(HttpAnswer answer) {
    return answer
        .header("Retry-After")
        .filter(text -> SECONDS.matcher(text).matches())
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
