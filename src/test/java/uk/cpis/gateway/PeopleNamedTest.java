package uk.cpis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.NhsNumber;

class PeopleNamedTest {

  @Test
  void findsTheNumbersInElementsAndAttributesAndNothingElse() {
    String message =
        "<m n='9990000034'><a> 99900000<!-- -->18\n</a><b>9990000019</b><c>99900000&#50;6</c>"
            + "<d>tel 9990000018</d></m>";

    assertThat(PeopleNamed.in(message.getBytes(StandardCharsets.UTF_8)))
        .containsExactlyInAnyOrder(
            new NhsNumber("9990000018"), new NhsNumber("9990000026"), new NhsNumber("9990000034"));
    assertThat(PeopleNamed.in(message.getBytes(StandardCharsets.UTF_16))).hasSize(3);
  }

  @Test
  void readsNoDefinitionsAndNamesNobodyOfWhatIsNoMessage() {
    assertThat(PeopleNamed.in("no message".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(
            PeopleNamed.in(
                "<!DOCTYPE m [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><m>&e;</m>"
                    .getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
  }
}
