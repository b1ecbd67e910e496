package uk.cpis.gateway.soapui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/**
 * The order of elements and the attributes that SoapUI reads, for as much of it as the project
 * uses. SoapUI drops or refuses what stands elsewhere, and says nothing.
 */
class SoapUiShapeTest {

  private static final String ITEM = "(description )?(settings )?";

  private static final Map<String, String> CHILDREN =
      Map.ofEntries(
          Map.entry(
              "soapui-project",
              ITEM + "(interface )*(testSuite )*(mockService )*(properties )?(wssContainer )?"),
          Map.entry("interface", ITEM + "(definitionCache )?endpoints (operation )*"),
          Map.entry("endpoints", "(endpoint )*"),
          Map.entry("operation", ITEM + "(call )*"),
          Map.entry("testSuite", ITEM + "(runType )?(testCase )*(properties )?"),
          Map.entry("testCase", ITEM + "(testStep )*(properties )?"),
          Map.entry("testStep", ITEM + "config "),
          Map.entry("config", "interface operation request "),
          Map.entry(
              "request",
              ITEM
                  + "encoding endpoint request (assertion )*credentials (jmsConfig )?"
                  + "(jmsPropertyConfig )?(wsaConfig )?"),
          Map.entry("assertion", ITEM + "configuration "),
          Map.entry("credentials", "(username )?(password )?(domain )?authType "),
          Map.entry("mockService", ITEM + "(properties )?(mockOperation )*"),
          Map.entry(
              "mockOperation",
              ITEM
                  + "(defaultResponse )?(dispatchPath )?(dispatchStyle )?(response )*"
                  + "(dispatchConfig )?"),
          Map.entry("response", ITEM + "responseContent (wsaConfig )?"),
          Map.entry("dispatchConfig", "(query )*"),
          Map.entry("query", "name query match response disabled "),
          Map.entry("properties", "(property )*"),
          Map.entry("property", "name (value )?"),
          Map.entry("wssContainer", "(crypto )*(incoming )*(outgoing )*"),
          Map.entry("crypto", "source password type (defaultAlias )?"),
          Map.entry("incoming", "name decryptCrypto signatureCrypto decryptPassword "),
          Map.entry("outgoing", "name (entry )*"),
          Map.entry("entry", "configuration "));

  private static final Map<String, Set<String>> ATTRIBUTES =
      Map.ofEntries(
          Map.entry(
              "soapui-project",
              Set.of(
                  "name",
                  "soapui-version",
                  "resourceRoot",
                  "activeEnvironment",
                  "runType",
                  "abortOnError")),
          Map.entry(
              "interface",
              Set.of(
                  "xsi:type",
                  "name",
                  "type",
                  "bindingName",
                  "soapVersion",
                  "definition",
                  "wsaVersion",
                  "anonymous")),
          Map.entry(
              "operation",
              Set.of(
                  "name",
                  "bindingOperationName",
                  "action",
                  "type",
                  "isOneWay",
                  "sendsAttachments",
                  "receivesAttachments",
                  "anonymous")),
          Map.entry("testSuite", Set.of("name")),
          Map.entry(
              "testCase", Set.of("name", "failOnError", "failTestCaseOnErrors", "keepSession")),
          Map.entry("testStep", Set.of("type", "name")),
          Map.entry("config", Set.of("xsi:type")),
          Map.entry(
              "request",
              Set.of(
                  "name",
                  "outgoingWss",
                  "incomingWss",
                  "sslKeystore",
                  "timeout",
                  "useWsAddressing")),
          Map.entry("assertion", Set.of("type", "name")),
          Map.entry("jmsConfig", Set.of("JMSDeliveryMode")),
          Map.entry(
              "wsaConfig",
              Set.of(
                  "mustUnderstand",
                  "version",
                  "action",
                  "to",
                  "relationshipType",
                  "generateMessageId",
                  "addDefaultAction",
                  "addDefaultTo")),
          Map.entry(
              "mockService",
              Set.of(
                  "name", "port", "host", "bindToHostOnly", "path", "incomingWss", "outgoingWss")),
          Map.entry("mockOperation", Set.of("name", "interface", "operation")),
          Map.entry(
              "response", Set.of("name", "httpResponseStatus", "encoding", "useWsAddressing")),
          Map.entry("dispatchConfig", Set.of("xsi:type")),
          Map.entry("outgoing", Set.of("mustUnderstand")),
          Map.entry("entry", Set.of("type", "username", "password")));

  private final SoapUiProject project = SoapUiProject.read();

  @Test
  void everyElementStandsWhereSoapUiLooksForIt() {
    assertThat(project.all("*"))
        .filteredOn(SoapUiShapeTest::hasParts)
        .allSatisfy(
            element ->
                assertThat(parts(element))
                    .as(element.getLocalName())
                    .matches(CHILDREN.getOrDefault(element.getLocalName(), "(?!)")));
    assertThat(parts(project.root())).matches(CHILDREN.get("soapui-project"));
  }

  @Test
  void everyAttributeIsOneThatSoapUiReads() {
    assertThat(project.all("*"))
        .allSatisfy(
            element ->
                assertThat(attributes(element))
                    .as(element.getLocalName())
                    .isSubsetOf(ATTRIBUTES.getOrDefault(element.getLocalName(), Set.of())));
  }

  /** Whether it has elements of SoapUI's own inside; what is configured inside has no namespace. */
  private static boolean hasParts(Element element) {
    return SoapUiProject.children(element)
        .anyMatch(child -> SoapUiProject.CONFIG.equals(child.getNamespaceURI()));
  }

  private static String parts(Element element) {
    return SoapUiProject.children(element)
        .map(child -> child.getLocalName() + " ")
        .collect(Collectors.joining());
  }

  private static Set<String> attributes(Element element) {
    NamedNodeMap attributes = element.getAttributes();
    return IntStream.range(0, attributes.getLength())
        .mapToObj(i -> attributes.item(i).getNodeName())
        .filter(name -> !name.startsWith("xmlns"))
        .collect(Collectors.toSet());
  }
}
