package uk.cpis.gateway.wire;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import java.io.StringWriter;
import java.net.URL;
import javax.xml.XMLConstants;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** Writes messages as the contract's XML, held against its schema. */
final class Contract {

  private Contract() {}

  /** The message as XML; fails when the schema refuses it. */
  static String xml(Object message, String schema) {
    try {
      Marshaller marshaller = JAXBContext.newInstance(message.getClass()).createMarshaller();
      marshaller.setSchema(schema(schema));
      StringWriter xml = new StringWriter();
      marshaller.marshal(message, xml);
      return xml.toString();
    } catch (JAXBException e) {
      throw new AssertionError("the schema refuses what was written", e);
    }
  }

  private static Schema schema(String name) {
    URL file = Contract.class.getResource("/xsd/" + name);
    try {
      return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(file);
    } catch (SAXException e) {
      throw new IllegalStateException("the schema cannot be read", e);
    }
  }
}
