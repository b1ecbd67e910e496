package uk.cpis.gateway.demographics;

import java.util.Map;
import uk.cpis.gateway.domain.NhsNumber;

/** The answer to a look-up of several numbers: all of them, or none. */
public sealed interface LookUps {

  /** One answer for each number asked for. */
  record Answered(Map<NhsNumber, LookUp> byNumber) implements LookUps {

    /** Copies the map. */
    public Answered {
      byNumber = Map.copyOf(byNumber);
    }
  }

  /** Demographics could not be asked, or not in time: nothing may be concluded (rule 17). */
  record Unavailable() implements LookUps {}
}
