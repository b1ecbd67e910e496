package uk.cpis.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import uk.cpis.gateway.security.ParserLimits;
import uk.cpis.gateway.testing.GoldenMessage;

/** What real toolkits send is far below the limits: a tenth of what one message may ask. */
class HonestRoomTest {

  private static final int ROOM = 10;
  private static final ParserLimits LIMITS = ParserLimits.ofQuery();

  private final Set<String> names = new HashSet<>();
  private int elements;
  private int attributes;
  private int mostAttributes;
  private int mostChildren;
  private int longestText;

  static Stream<GoldenMessage> messages() {
    return GoldenMessage.all().stream();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void leavesTenTimesTheRoom(GoldenMessage message) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    InputSource source = new InputSource(new ByteArrayInputStream(message.body()));
    message.charset().map(String::strip).ifPresent(source::setEncoding);
    count(factory.newDocumentBuilder().parse(source).getDocumentElement());

    assertThat(message.body().length * ROOM).isLessThanOrEqualTo(LIMITS.bytes());
    assertThat(elements * ROOM).isLessThanOrEqualTo(LIMITS.elements());
    assertThat(attributes * ROOM).isLessThanOrEqualTo(LIMITS.elements());
    assertThat(mostAttributes * ROOM).isLessThanOrEqualTo(LIMITS.attributes() * 2);
    assertThat(mostChildren * ROOM).isLessThanOrEqualTo(LIMITS.children());
    assertThat(longestText * ROOM).isLessThanOrEqualTo(LIMITS.textLength());
    assertThat(names.size() * ROOM).isLessThanOrEqualTo(LIMITS.distinctNames());
  }

  private void count(Element element) {
    elements++;
    names.add(element.getNodeName());
    int own = element.getAttributes().getLength();
    attributes += own;
    mostAttributes = Math.max(mostAttributes, own);
    for (int i = 0; i < own; i++) {
      names.add(element.getAttributes().item(i).getNodeName());
    }
    int children = 0;
    for (Node each = element.getFirstChild(); each != null; each = each.getNextSibling()) {
      if (each instanceof Element child) {
        children++;
        count(child);
      } else {
        longestText = Math.max(longestText, each.getNodeValue().length());
      }
    }
    mostChildren = Math.max(mostChildren, children);
  }
}
