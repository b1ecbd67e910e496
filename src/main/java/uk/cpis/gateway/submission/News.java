package uk.cpis.gateway.submission;

import java.util.Optional;
import uk.cpis.gateway.demographics.LookUp;
import uk.cpis.gateway.domain.DemographicEvent;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.NumberStanding;

/** What a look-up says of a number that is more than "current" (rules 14 and 19). */
final class News {

  private News() {}

  /** The news in a look-up; none where the number is current or was never issued. */
  static Optional<DemographicEvent> of(NhsNumber number, LookUp lookUp) {
    return standing(lookUp).map(standing -> new DemographicEvent.StandingChanged(number, standing));
  }

  private static Optional<NumberStanding> standing(LookUp lookUp) {
    if (lookUp instanceof LookUp.Superseded superseded) {
      return Optional.of(new NumberStanding.Superseded(superseded.replacement()));
    }
    if (lookUp instanceof LookUp.Invalidated) {
      return Optional.of(new NumberStanding.Invalidated());
    }
    return lookUp instanceof LookUp.Sensitive
        ? Optional.of(new NumberStanding.Sensitive())
        : Optional.empty();
  }
}
