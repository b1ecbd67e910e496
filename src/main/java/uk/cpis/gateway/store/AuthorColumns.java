package uk.cpis.gateway.store;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import uk.cpis.gateway.domain.Asid;
import uk.cpis.gateway.domain.Author;
import uk.cpis.gateway.domain.JobRole;
import uk.cpis.gateway.domain.Organisation;
import uk.cpis.gateway.domain.StaffName;

/** How the audit's row holds an author: a person or a device, as it was sent. */
final class AuthorColumns {

  private static final String PERSON = "P";
  private static final String DEVICE = "D";
  private static final int COUNT = 11;

  private AuthorColumns() {}

  /** From {@code author_kind} to {@code author_telephone}, in the order of the table. */
  static Object[] values(Optional<Author> author) {
    return author.map(AuthorColumns::values).orElseGet(AuthorColumns::none);
  }

  private static Object[] none() {
    Object[] values = new Object[COUNT];
    Arrays.fill(values, Optional.empty());
    return values;
  }

  private static Object[] values(Author author) {
    StaffName name = name(author);
    return new Object[] {
      author instanceof Author.Person ? PERSON : DEVICE,
      author.userKey(),
      author instanceof Author.Person person ? person.roleProfileId() : Optional.empty(),
      author.jobRole().code(),
      author.jobRole().name(),
      name.title(),
      name.given(),
      name.family(),
      author.organisation().code(),
      author.organisation().name(),
      author.telephone()
    };
  }

  private static StaffName name(Author author) {
    if (author instanceof Author.Person person) {
      return person.name();
    } else if (author instanceof Author.Device device) {
      return device.responsiblePerson();
    }
    throw new IllegalStateException("an author is a person or a device");
  }

  static Optional<Author> read(Row row) throws SQLException {
    Optional<String> kind = row.optionalText("author_kind");
    return kind.isEmpty() ? Optional.empty() : Optional.of(read(row, kind.get()));
  }

  private static Author read(Row row, String kind) throws SQLException {
    return switch (kind) {
      case PERSON ->
          new Author.Person(
              row.text("user_key"),
              row.optionalText("role_profile_id"),
              jobRole(row),
              name(row),
              organisation(row),
              row.optionalTelephone("author_telephone"));
      case DEVICE ->
          new Author.Device(
              new Asid(row.text("user_key")),
              organisation(row),
              name(row),
              jobRole(row),
              row.optionalTelephone("author_telephone"));
      default -> throw new IllegalStateException("no kind of author: " + kind);
    };
  }

  private static JobRole jobRole(Row row) throws SQLException {
    return new JobRole(row.text("job_role_code"), row.text("job_role_name"));
  }

  private static StaffName name(Row row) throws SQLException {
    return new StaffName(
        row.optionalText("staff_title"),
        row.optionalText("staff_given_name"),
        row.text("staff_family_name"));
  }

  private static Organisation organisation(Row row) throws SQLException {
    return new Organisation(
        row.organisation("author_organisation"), row.text("author_organisation_name"));
  }
}
