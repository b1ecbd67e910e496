package uk.cpis.gateway.submission;

import java.util.Map;
import java.util.Set;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;
import uk.cpis.gateway.domain.SubmissionOutcome;

/** How far one transaction brought a submission. */
sealed interface Step {

  /** To its end. */
  record Done(SubmissionOutcome outcome) implements Step {}

  /** Nothing was done: demographics must speak of these people first. */
  record LookUpFirst(Set<NhsNumber> people) implements Step {}

  /** Nothing was done: these stand otherwise since they were looked up. */
  record LookUpAgain(Map<NhsNumber, NumberStanding> overtaken) implements Step {}

  /** Nothing was done: another message took the id meanwhile. */
  record Again() implements Step {}
}
