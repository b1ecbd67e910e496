package uk.cpis.gateway.soapui;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * SoapUI's settings for mocks behind mutual TLS, which a project file cannot hold. SoapUI takes
 * these paths from the folder it was started in, so they are absolute.
 */
record SoapUiSettings(Path mockKeys, Path trust) {

  /**
   * The port of SoapUI's mocks with TLS: that of Tower Hamlets in the demonstration, so that the
   * mock can take the place of the simulated system.
   */
  static final int MOCK_PORT = 8628;

  private static final String CONFIG = "http://eviware.com/soapui/config";

  Path write(Path folder) {
    Path file = folder.resolve("soapui-settings.xml");
    try (OutputStream out = Files.newOutputStream(file)) {
      write(out);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    } catch (XMLStreamException e) {
      throw new UncheckedIOException(new IOException("cannot write " + file, e));
    }
  }

  private void write(OutputStream out) throws XMLStreamException {
    XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeStartElement("con", "soapui-settings", CONFIG);
    xml.writeNamespace("con", CONFIG);
    for (Map.Entry<String, String> setting : settings().entrySet()) {
      xml.writeCharacters("\n  ");
      xml.writeStartElement("con", "setting", CONFIG);
      xml.writeAttribute("id", "SSLSettings@" + setting.getKey());
      xml.writeCharacters(setting.getValue());
      xml.writeEndElement();
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.close();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("enableMockSSL", "true");
    settings.put("mockPort", Integer.toString(MOCK_PORT));
    settings.put("mockKeyStore", mockKeys.toAbsolutePath().normalize().toString());
    settings.put("mockPassword", SoapUiFiles.PASSWORD);
    settings.put("mockKeyStorePassword", SoapUiFiles.PASSWORD);
    settings.put("mockTrustStore", trust.toAbsolutePath().normalize().toString());
    settings.put("mockTrustStorePassword", SoapUiFiles.PASSWORD);
    settings.put("needClientAuthentication", "true");
    return settings;
  }
}
