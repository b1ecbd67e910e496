package uk.cpis.gateway.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import uk.cpis.gateway.domain.NhsNumber;

class PeopleNamedTest {

  private static final Set<NhsNumber> THREE =
      Set.of(new NhsNumber("9990000018"), new NhsNumber("9990000026"), new NhsNumber("9990000034"));

  @Test
  void findsTheNumbersInElementsAndAttributesAndNothingElse() {
    String message =
        "<m n='9990000034'><a> 99900000<!-- -->18\n</a><b>9990000019</b><c>99900000&#50;6</c>"
            + "<d>tel 9990000018</d></m>";

    assertThat(PeopleNamed.in(message.getBytes(UTF_8))).contains(THREE);
    assertThat(PeopleNamed.in(message.getBytes(UTF_16))).contains(THREE);
  }

  @Test
  void findsTheNumbersInCharacterDataAndBeforeOtherElements() {
    String message =
        "<m><a><![CDATA[9990000018]]></a><b>99900<![CDATA[00026]]></b><c>9990000034<d/></c></m>";

    assertThat(PeopleNamed.in(message.getBytes(UTF_8))).contains(THREE);
  }

  @Test
  void findsThemAllHoweverTheMessageWasEncodedThoughItDoesNotSaySoItself() {
    String message = "\n<m><a>9990000018</a><n>Zo\u00EB</n><b>9990000026</b><c>9990000034</c></m>";

    for (Charset charset : List.of(UTF_8, ISO_8859_1, UTF_16LE, UTF_16BE)) {
      assertThat(PeopleNamed.in(message.getBytes(charset))).as(charset.name()).contains(THREE);
    }
  }

  @Test
  void readsNoDefinitionsAndSaysWhenAMessageCannotBeReadWhole() {
    for (String message :
        List.of(
            "no message",
            "<m><a>9990000018</a><b>",
            "<!DOCTYPE m [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><m>&e;</m>")) {
      assertThat(PeopleNamed.in(message.getBytes(UTF_8))).as(message).isEmpty();
    }
    assertThat(PeopleNamed.in("<m>nobody</m>".getBytes(UTF_8))).contains(Set.of());
  }
}
