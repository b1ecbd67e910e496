package uk.cpis.gateway.security;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;
import org.w3c.dom.Document;

/**
 * Reads bytes into a document, within limits and without anything that is not a message's: document
 * types, entities, processing instructions. Comments are dropped and CDATA joined to the text
 * around it, so that no reader can be made to see half a value; no digest covers either.
 */
final class DocumentReader {
  private final ParserLimits limits;
  private final XMLInputFactory parsers;

  DocumentReader(ParserLimits limits) {
    this.limits = limits;
    this.parsers = parsers(limits);
  }

  Document read(byte[] bytes, Optional<String> httpCharset) {
    RefusalException.unless(
        bytes.length <= limits.bytes(), RefusalCause.TOO_LARGE, "more than " + limits.bytes());
    Encoding.Decoded decoded = Encoding.decode(bytes, httpCharset);
    try {
      XMLStreamReader reader = parsers.createXMLStreamReader(new StringReader(decoded.text()));
      try {
        return read(reader, decoded);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw refusal(e);
    }
  }

  private Document read(XMLStreamReader reader, Encoding.Decoded decoded)
      throws XMLStreamException {
    decoded.mustBeDeclared(reader.getCharacterEncodingScheme());
    String version = reader.getVersion();
    RefusalException.unless(
        version == null || version.equals("1.0"), RefusalCause.NOT_WELL_FORMED, "XML 1.1");
    DocumentBuild build = new DocumentBuild(Documents.empty(), limits);
    while (reader.hasNext()) {
      build.take(reader, reader.next());
    }
    return build.document();
  }

  private static RefusalException refusal(XMLStreamException e) {
    String place =
        e.getLocation() == null
            ? "an unknown place"
            : "line "
                + e.getLocation().getLineNumber()
                + " column "
                + e.getLocation().getColumnNumber();
    boolean limit = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("exceeded");
    return RefusalException.of(
        limit ? RefusalCause.TOO_COMPLEX : RefusalCause.NOT_WELL_FORMED, "a fault at " + place);
  }

  private static XMLInputFactory parsers(ParserLimits limits) {
    XMLInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.depth());
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, (long) limits.elements());
    factory.setProperty(WstxInputProperties.P_MAX_CHILDREN_PER_ELEMENT, limits.children());
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, limits.attributes());
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, limits.attributeLength());
    factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, limits.textLength());
    return factory;
  }
}
