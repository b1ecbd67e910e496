package uk.cpis.gateway.domain;

import java.util.Optional;

/** What became of one record, in the order sent, with the authority's own identifier echoed. */
public record RecordOutcome(
    Optional<String> localIdentifier,
    RecordCode code,
    Optional<DetailCode> detail,
    Optional<NhsNumber> replacement) {

  /** Loaded, changed, ended or deleted as asked. */
  public static RecordOutcome loaded(Optional<String> localIdentifier) {
    return new RecordOutcome(localIdentifier, RecordCode.CPR06, Optional.empty(), Optional.empty());
  }

  /** Refused with one of the national codes. */
  public static RecordOutcome refused(Optional<String> localIdentifier, RecordCode code) {
    return new RecordOutcome(localIdentifier, code, Optional.empty(), Optional.empty());
  }

  /** Refused for a reason of our own (CPR07). */
  public static RecordOutcome refused(Optional<String> localIdentifier, DetailCode detail) {
    return new RecordOutcome(
        localIdentifier, RecordCode.CPR07, Optional.of(detail), Optional.empty());
  }

  /** Superseded (CPR05), with the replacement where one may be told. */
  public static RecordOutcome superseded(
      Optional<String> localIdentifier, Optional<NhsNumber> replacement) {
    return new RecordOutcome(localIdentifier, RecordCode.CPR05, Optional.empty(), replacement);
  }
}
