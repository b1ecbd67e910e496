package uk.cpis.gateway.demographics;

import static uk.cpis.gateway.demographics.PdsAnswers.elements;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;

/** A FHIR R4 Patient as PDS gives it, read as far as rule 9 needs it. */
final class Patient {

  private static final String NHS_NUMBERS = "https://fhir.nhs.uk/Id/nhs-number";
  private static final String UNRESTRICTED = "U";
  private static final String REDACTED = "REDACTED";
  private static final Set<String> SENSITIVE = Set.of("R", "V");

  /** A usual name without an end counts before one that has ended, a newer before an older. */
  private static final Comparator<JsonNode> NEWEST =
      Comparator.comparing((JsonNode name) -> !name.path("period").has("end"))
          .thenComparing(name -> name.path("period").path("start").asText());

  private Patient() {}

  /**
   * How the asked number stands. What is sensitive comes before what is superseded (rule 9): the
   * answer may be about the person who has the number now, and no link to her is given.
   */
  static Reading of(NhsNumber asked, JsonNode patient) {
    Optional<NhsNumber> id = NhsNumber.of(patient.path("id").asText());
    if (!patient.path("resourceType").asText().equals("Patient") || id.isEmpty()) {
      return new Reading.Broken("the answer is no patient with an NHS number");
    }
    if (elements(patient.path("identifier"))
        .filter(each -> each.path("system").asText().equals(NHS_NUMBERS))
        .anyMatch(each -> !each.path("value").asText().equals(id.get().digits()))) {
      return new Reading.Broken("the answer names two NHS numbers");
    }
    List<String> labels =
        elements(patient.path("meta").path("security"))
            .map(label -> label.path("code").asText())
            .toList();
    if (labels.contains(REDACTED)) {
      return new Reading.Known(new LookUp.Invalidated());
    }
    if (labels.stream().anyMatch(SENSITIVE::contains)) {
      return new Reading.Known(new LookUp.Sensitive());
    }
    if (!labels.stream().allMatch(UNRESTRICTED::equals)) {
      return new Reading.Broken("the answer has a label that is not known here");
    }
    return new Reading.Known(
        id.get().equals(asked) ? found(asked, patient) : new LookUp.Superseded(id));
  }

  private static LookUp found(NhsNumber number, JsonNode patient) {
    Optional<JsonNode> name =
        elements(patient.path("name"))
            .filter(each -> each.path("use").asText().equals("usual"))
            .max(NEWEST);
    Optional<LocalDate> born = day(patient.path("birthDate").asText());
    String family = name.map(each -> each.path("family").asText()).orElse("");
    if (family.isBlank() || born.isEmpty()) {
      return new LookUp.Incomplete();
    }
    return new LookUp.Found(
        new DemographicPerson(
            number,
            family,
            elements(name.get().path("given")).map(JsonNode::asText).toList(),
            born.get(),
            DemographicPerson.Status.CURRENT,
            Optional.empty(),
            Optional.empty()));
  }

  /** A whole day; of some people PDS knows a year or a month only, with which nothing matches. */
  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException partial) {
      return Optional.empty();
    }
  }
}
