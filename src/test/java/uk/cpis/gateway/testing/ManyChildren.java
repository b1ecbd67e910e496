package uk.cpis.gateway.testing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.domain.PlanType;

/** Children by the thousand, and records of them of any size. */
public final class ManyChildren {

  private static final long FIRST = 9_990_100_000L;

  private ManyChildren() {}

  /** So many children, each with another number. */
  public static List<DemographicPerson> of(int count) {
    return LongStream.iterate(FIRST, number -> number + 1)
        .mapToObj(Long::toString)
        .flatMap(digits -> NhsNumber.of(digits).stream())
        .limit(count)
        .map(ManyChildren::child)
        .toList();
  }

  /** A child protection plan of each, as one submission states them. */
  public static Stream<UpdateRecordType> records(
      List<DemographicPerson> children, LocalDate start) {
    return children.stream()
        .map(child -> Submissions.record(child, PlanType.CHILD_PROTECTION, start));
  }

  /** Makes the record so many bytes longer: around dates there may be blanks. */
  public static void longer(UpdateRecordType record, int bytes) {
    record.setStartDate(record.getStartDate() + " ".repeat(bytes / 2));
    record.setDateOfBirth(record.getDateOfBirth() + " ".repeat(bytes - bytes / 2));
  }

  private static DemographicPerson child(NhsNumber number) {
    return new DemographicPerson(
        number,
        "Ó Briain-Example",
        List.of("Łucja", "Siân"),
        LocalDate.of(2018, 4, 1),
        DemographicPerson.Status.CURRENT,
        Optional.empty(),
        Optional.empty());
  }
}
