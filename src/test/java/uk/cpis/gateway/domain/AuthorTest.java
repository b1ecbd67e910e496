package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who looked: a person or a device (rule 2). */
class AuthorTest {

  private static final JobRole CONSULTANT = new JobRole("R0050", "Consultant");
  private static final Organisation HOMERTON = new Organisation(new OdsCode("RQX"), "Homerton");

  @Test
  void aPersonIsTheSameUserByTheUserId() {
    Author author =
        new Author.Person(
            "555021935107",
            Optional.of("100334993514"),
            CONSULTANT,
            new StaffName(Optional.of("Dr"), Optional.of("Amara"), "Exampleton"),
            HOMERTON,
            Optional.empty());

    assertThat(author.userKey()).isEqualTo("555021935107");
    assertThat(author.shownName()).isEqualTo("Dr Amara Exampleton");
  }

  @Test
  void aDeviceIsTheSameUserByItsAsidAndShowsItsResponsiblePerson() {
    Author author =
        new Author.Device(
            new Asid("200000000101"),
            HOMERTON,
            new StaffName(Optional.empty(), Optional.empty(), "Exampleton"),
            CONSULTANT,
            Optional.empty());

    assertThat(author.userKey()).isEqualTo("200000000101");
    assertThat(author.shownName()).isEqualTo("Exampleton");
  }

  @Test
  void aLocalAuthoritysUserIsAuditedWithNameAndJobTitle() {
    AuthorityUser user =
        new AuthorityUser(
            "sw-12",
            new StaffName(Optional.empty(), Optional.of("Siân"), "Exampleton"),
            Optional.of("Social worker"));
    Organisation towerHamlets = new Organisation(new OdsCode("TWH"), "Tower Hamlets");

    assertThat(user.authorAt(towerHamlets))
        .isEqualTo(
            new Author.Person(
                "sw-12",
                Optional.empty(),
                new JobRole("", "Social worker"),
                user.name(),
                towerHamlets,
                Optional.empty()));
  }
}
