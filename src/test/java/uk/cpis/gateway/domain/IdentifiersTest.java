package uk.cpis.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How messages, systems, organisations and notifications are named. */
class IdentifiersTest {

  private static final UUID ID = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");

  @Test
  void aMessageIdIsTheSameWithEitherPrefixAndInEitherCase() {
    MessageId id = new MessageId(ID);

    assertThat(MessageId.ofWire("uuid:0F8FAD5B-D9CB-469F-A165-70867728950E")).contains(id);
    assertThat(MessageId.ofWire("URN:UUID:0f8fad5b-d9cb-469f-a165-70867728950e")).contains(id);
    assertThat(id.urn()).isEqualTo("urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e");
  }

  @Test
  void aMessageIdOfAnotherFormIsNone() {
    assertThat(MessageId.ofWire("0f8fad5b-d9cb-469f-a165-70867728950e")).isEmpty();
    assertThat(MessageId.ofWire("urn:uuid:1")).isEmpty();
    assertThat(MessageId.ofWire("http://example.org/1")).isEmpty();
  }

  @Test
  void anAsidIsTwelveDigits() {
    assertThat(new Asid("200000000101")).hasToString("200000000101");
    assertThatThrownBy(() -> new Asid("20000000010")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Asid("RTX-821088")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anOrganisationCodeIsKeptInCapitals() {
    assertThat(new OdsCode("twh")).isEqualTo(new OdsCode("TWH"));
    assertThatThrownBy(() -> new OdsCode("TW")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OdsCode("TW-H")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNotificationsIdDependsOnItsCauseAndAuthorityAlone() {
    OdsCode towerHamlets = new OdsCode("TWH");

    assertThat(NotificationId.of(ID, towerHamlets)).isEqualTo(NotificationId.of(ID, towerHamlets));
    assertThat(NotificationId.of(ID, towerHamlets))
        .isNotEqualTo(NotificationId.of(ID, new OdsCode("HCK")));
    assertThat(NotificationId.of(ID, towerHamlets))
        .isNotEqualTo(NotificationId.of(UUID.randomUUID(), towerHamlets));
  }

  @Test
  void everyInteractionIsFoundByItsAction() {
    for (Interaction interaction : Interaction.values()) {
      assertThat(Interaction.ofAction(interaction.action())).contains(interaction);
    }
    assertThat(Interaction.ofAction("urn:nhs:names:services:cpisquery/other")).isEmpty();
  }

  @Test
  void identifiersAreWrittenAsTheyAreRead() {
    String hex = "0123456789abcdef".repeat(4);

    assertThat(new MessageId(ID)).hasToString(ID.toString());
    assertThat(new NotificationId(ID)).hasToString(ID.toString());
    assertThat(new NotificationId(ID).messageId()).isEqualTo(new MessageId(ID));
    assertThat(new OdsCode("RQX")).hasToString("RQX");
    assertThat(new CertificateFingerprint(hex)).hasToString(hex);
    assertThat(new ContentDigest(hex)).hasToString(hex);
    assertThat(new Telephone("020 7946 0001")).hasToString("020 7946 0001");
  }

  @Test
  void codesNumbersAndAsidsAreOrderedByTheirDigits() {
    assertThat(new OdsCode("HCK")).isLessThan(new OdsCode("TWH"));
    assertThat(new Asid("200000000101")).isLessThan(new Asid("200000000102"));
    assertThat(new NhsNumber("9990000018")).isLessThan(new NhsNumber("9990000026"));
  }

  @Test
  void aTelephoneIsNeverEmptyAndAtMostFortyCharacters() {
    assertThat(new Telephone("0".repeat(40)).number()).hasSize(40);
    assertThatThrownBy(() -> new Telephone(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Telephone("0".repeat(41)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
