package uk.cpis.gateway.submission;

import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.cpis.gateway.demographics.LookUp;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.RecordOutcome;

/** The records of one submission inside one transaction, which has its authority's turn. */
sealed interface Work permits Updates, Deletions {

  /** The people of whom demographics must speak before this can be done. */
  Set<NhsNumber> toLookUp();

  /** Applies each record that may be, and says what became of each, in the order sent. */
  List<RecordOutcome> apply(Map<NhsNumber, LookUp> known);
}
