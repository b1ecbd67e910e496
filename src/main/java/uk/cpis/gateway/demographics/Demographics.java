package uk.cpis.gateway.demographics;

import java.util.Set;
import uk.cpis.gateway.domain.NhsNumber;

/** Where NHS numbers are looked up. */
@FunctionalInterface
public interface Demographics {

  /** What is known of each of these numbers, or that nothing can be known now (rule 17). */
  LookUps lookUp(Set<NhsNumber> numbers);
}
