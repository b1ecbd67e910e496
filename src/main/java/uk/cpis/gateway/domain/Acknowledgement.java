package uk.cpis.gateway.domain;

import java.util.List;
import java.util.Optional;

/** The answer to a submission: one code for the whole, one for each record in the order sent. */
public record Acknowledgement(
    FileCode fileCode, Optional<DetailCode> detail, List<RecordOutcome> records) {

  /** Copies the list. */
  public Acknowledgement {
    records = List.copyOf(records);
  }

  /** The acknowledgement of records that were each looked at: CPF02, CPF03 or CPF04. */
  public static Acknowledgement of(List<RecordOutcome> records) {
    long loaded = records.stream().filter(record -> record.code().loaded()).count();
    FileCode code =
        loaded == records.size() ? FileCode.CPF02 : loaded == 0 ? FileCode.CPF04 : FileCode.CPF03;
    return new Acknowledgement(code, Optional.empty(), records);
  }

  /** The whole file refused (CPF01 or CPF06) for a reason of our own. */
  public static Acknowledgement refused(FileCode code, DetailCode detail) {
    return new Acknowledgement(code, Optional.of(detail), List.of());
  }

  /** Demographics could not be asked (CPF05): nothing applied, send the same again (rule 17). */
  public static Acknowledgement sendAgain() {
    return new Acknowledgement(FileCode.CPF05, Optional.empty(), List.of());
  }
}
