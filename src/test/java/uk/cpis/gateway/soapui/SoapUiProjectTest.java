package uk.cpis.gateway.soapui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static uk.cpis.gateway.soapui.SoapUiProject.child;
import static uk.cpis.gateway.soapui.SoapUiProject.children;
import static uk.cpis.gateway.soapui.SoapUiProject.elements;
import static uk.cpis.gateway.soapui.SoapUiProject.text;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import uk.cpis.gateway.domain.NhsNumber;
import uk.cpis.gateway.testing.TestCertificates;

/** The SoapUI project agrees with the contract, with itself, and with the files made for it. */
class SoapUiProjectTest {

  private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
  private static final String WSDL_SOAP = "http://schemas.xmlsoap.org/wsdl/soap/";
  private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  private static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

  /** In SoapUI's files the names of these two assertions are crossed. */
  private static final String NO_FAULT = "SOAP Fault Assertion";

  private static final String FAULT = "Not SOAP Fault Assertion";

  private static Schema schema;

  private final SoapUiProject project = SoapUiProject.read();

  @BeforeAll
  static void compileTheSchemas() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("xsd"))) {
      Source[] sources = files.map(file -> new StreamSource(file.toFile())).toArray(Source[]::new);
      schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(sources);
    }
  }

  @Test
  void namesKeyStoresThatTheCommandWritesAndNoOthers(@TempDir Path folder) {
    List<Path> written = new SoapUiFiles(TestCertificates.all()).write(folder);

    assertThat(project.sources())
        .containsExactlyInAnyOrderElementsOf(
            written.stream()
                .map(file -> Path.of("target", "soapui").resolve(file.getFileName()))
                .filter(file -> file.toString().endsWith(".p12"))
                .toList());
    assertThat(project.all("crypto"))
        .allSatisfy(crypto -> assertThat(text(crypto, "password")).isEqualTo(SoapUiFiles.PASSWORD));
  }

  @Test
  void namesWsdlsOfThisRepository() {
    assertThat(project.all("interface"))
        .filteredOn(one -> one.hasAttribute("definition"))
        .hasSize(4)
        .allSatisfy(
            one ->
                assertThat(SoapUiProject.FOLDER.resolve(one.getAttribute("definition")))
                    .isRegularFile());
  }

  @Test
  void knowsEveryOperationOfTheContractByItsAction() throws Exception {
    assertThat(project.operations().stream().collect(actions()))
        .isEqualTo(
            wsdlOperations()
                .collect(
                    Collectors.toMap(
                        operation -> operation.getAttribute("name"),
                        operation ->
                            elements(operation.getElementsByTagNameNS(WSDL_SOAP, "operation"))
                                .findFirst()
                                .orElseThrow()
                                .getAttribute("soapAction"))));
  }

  @Test
  void sendsARequestForEveryOperation() {
    assertThat(project.requests())
        .extracting(request -> text((Element) request.getParentNode(), "operation"))
        .containsAll(project.operations().stream().collect(actions()).keySet());
  }

  @Test
  void sendsWhatTheSchemaAllowsUnderTheActionOfItsOperation() {
    Map<String, String> actions = project.operations().stream().collect(actions());
    assertThat(project.requests())
        .allSatisfy(
            request -> {
              String operation = text((Element) request.getParentNode(), "operation");
              Element payload = project.payload(text(request, "request"));
              assertThat(payload.getLocalName()).isEqualTo(operation + "Request");
              assertThat(child(request, "wsaConfig").getAttribute("action"))
                  .isEqualTo(actions.get(operation));
              assertValid(payload);
            });
  }

  @Test
  void mocksEveryOperationOfTheAuthoritysServiceWithValidAnswers() {
    assertThat(project.all("mockOperation"))
        .extracting(one -> one.getAttribute("operation"))
        .containsExactlyInAnyOrder(
            "accessNotification",
            "inactiveNhsNumberNotification",
            "birthNotification",
            "withdrawalNotification");
    assertThat(project.mockResponses())
        .hasSize(6)
        .allSatisfy(
            response -> {
              String operation = ((Element) response.getParentNode()).getAttribute("operation");
              Element payload = project.payload(text(response, "responseContent"));
              assertThat(payload.getLocalName()).isEqualTo(operation + "Response");
              assertThat(child(response, "wsaConfig").getAttribute("action"))
                  .endsWith("/" + operation + "Response");
              assertValid(payload);
            });
  }

  @Test
  void asksOnlyForNumbersThatAreNeverIssued() {
    assertThat(project.expanded(project.root().getTextContent()))
        .containsPattern("<q:nhsNumber>999\\d{7}<")
        .doesNotContainPattern("<\\w:\\w*[nN]hsNumber>(?!999\\d{7}<)");
    assertThat(List.of("nhsNumber", "unknownNhsNumber", "collectedNhsNumber"))
        .allMatch(name -> NhsNumber.checksOut(project.expanded("${#Project#" + name + "}")));
  }

  @Test
  void makesANewMessageIdForEachMessageAndStoresNone() {
    assertThat(project.all("wsaConfig"))
        .isNotEmpty()
        .allMatch(config -> config.getAttribute("generateMessageId").equals("true"));
    assertThat(project.root().getTextContent()).doesNotContain("MessageID>", "Created>");
  }

  @Test
  void expectsNoFaultWith200AndAFaultWith500AndAGoodSignatureAlways() {
    assertThat(project.requests())
        .allSatisfy(
            request -> {
              List<Element> assertions = assertions(request);
              Set<String> types =
                  assertions.stream()
                      .map(one -> one.getAttribute("type"))
                      .collect(Collectors.toSet());
              String status = configured(assertions, "Valid HTTP Status Codes", "codes");
              assertThat(types)
                  .contains("WSS Status Assertion", "XPath Match")
                  .contains(status.equals("200") ? NO_FAULT : FAULT)
                  .doesNotContain(status.equals("200") ? FAULT : NO_FAULT);
              assertThat(types.contains("Schema Compliance")).isEqualTo(status.equals("200"));
              assertThat(types.contains("WS-A Response Assertion")).isEqualTo(status.equals("200"));
            });
  }

  @Test
  void expectsARefusalWhenItDoesNotSignOrSignsWithSha1() {
    assertThat(project.requests())
        .filteredOn(
            request -> {
              String signed = request.getAttribute("outgoingWss");
              return signed.isEmpty() || signed.contains("SHA-1");
            })
        .hasSize(2)
        .allSatisfy(
            request ->
                assertThat(configured(assertions(request), "Valid HTTP Status Codes", "codes"))
                    .isEqualTo("500"));
  }

  @Test
  void signsEveryRequiredPartAfterTheTimestampWithSha256() {
    assertThat(project.all("outgoing"))
        .filteredOn(outgoing -> !text(outgoing, "name").contains("SHA-1"))
        .hasSize(5)
        .allSatisfy(
            outgoing -> {
              List<Element> entries =
                  children(outgoing).filter(one -> one.getLocalName().equals("entry")).toList();
              assertThat(entries)
                  .extracting(entry -> entry.getAttribute("type"))
                  .containsExactly("Timestamp", "Signature");
              Element signature = child(entries.get(1), "configuration");
              assertThat(text(signature, "signatureAlgorithm")).isEqualTo(RSA_SHA256);
              assertThat(text(signature, "digestAlgorithm")).isEqualTo(SHA256);
              assertThat(signed(signature))
                  .contains("Body", "Timestamp", "Action", "MessageID", "To");
            });
  }

  @Test
  void refersOnlyToWhatItDefines() {
    List<String> outgoing = project.names("outgoing");
    assertThat(project.requests())
        .allSatisfy(
            request -> {
              assertThat(project.stores()).contains(request.getAttribute("sslKeystore"));
              assertThat(project.names("incoming")).contains(request.getAttribute("incomingWss"));
              if (request.hasAttribute("outgoingWss")) {
                assertThat(outgoing).contains(request.getAttribute("outgoingWss"));
              }
            });
    assertThat(outgoing).contains(project.all("mockService").get(0).getAttribute("outgoingWss"));
    assertThat(elements(project.root().getElementsByTagName("crypto")).map(Element::getTextContent))
        .isSubsetOf(project.stores());
  }

  private static Collector<Element, ?, Map<String, String>> actions() {
    return Collectors.toMap(
        operation -> operation.getAttribute("name"), operation -> operation.getAttribute("action"));
  }

  private static Stream<Element> wsdlOperations() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("wsdl"))) {
      return files
          .map(file -> SoapUiProject.parse(new InputSource(file.toUri().toString())))
          .flatMap(wsdl -> elements(wsdl.getElementsByTagNameNS(WSDL, "binding")))
          .flatMap(binding -> elements(binding.getElementsByTagNameNS(WSDL, "operation")))
          .toList()
          .stream();
    }
  }

  private static void assertValid(Element payload) {
    assertThatCode(() -> schema.newValidator().validate(new DOMSource(payload)))
        .as(payload.getLocalName())
        .doesNotThrowAnyException();
  }

  private static List<Element> assertions(Element request) {
    return children(request).filter(one -> one.getLocalName().equals("assertion")).toList();
  }

  private static String configured(List<Element> assertions, String type, String setting) {
    return assertions.stream()
        .filter(one -> one.getAttribute("type").equals(type))
        .map(one -> text(child(one, "configuration"), setting))
        .collect(Collectors.joining(","));
  }

  /** The names of the signed parts; each is a little document inside text. */
  private static List<String> signed(Element signature) {
    return elements(signature.getElementsByTagName("signaturePart"))
        .map(part -> SoapUiProject.parse(new InputSource(new StringReader(part.getTextContent()))))
        .flatMap(part -> children(part.getDocumentElement()))
        .filter(entry -> entry.getAttribute("key").equals("name"))
        .map(entry -> entry.getAttribute("value"))
        .toList();
  }
}
