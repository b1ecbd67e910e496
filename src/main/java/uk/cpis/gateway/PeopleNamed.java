package uk.cpis.gateway;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import uk.cpis.gateway.domain.NhsNumber;

/** The people whom a message names by their NHS numbers, in elements or attributes. */
final class PeopleNamed {

  private PeopleNamed() {}

  /** Of a message that was verified once; what cannot be read any more names nobody. */
  static Set<NhsNumber> in(byte[] message) {
    Set<NhsNumber> people = new TreeSet<>();
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(message));
      StringBuilder text = new StringBuilder();
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamReader.CHARACTERS -> text.append(reader.getText());
          case XMLStreamReader.START_ELEMENT -> {
            text.setLength(0);
            for (int i = 0; i < reader.getAttributeCount(); i++) {
              number(reader.getAttributeValue(i)).ifPresent(people::add);
            }
          }
          case XMLStreamReader.END_ELEMENT -> {
            number(text.toString()).ifPresent(people::add);
            text.setLength(0);
          }
          default -> {}
        }
      }
    } catch (XMLStreamException unreadable) {
      return people;
    }
    return people;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  private static Optional<NhsNumber> number(String text) {
    return Optional.of(text.strip()).filter(NhsNumber::checksOut).map(NhsNumber::new);
  }
}
