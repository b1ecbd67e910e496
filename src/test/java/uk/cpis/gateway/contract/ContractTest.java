package uk.cpis.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.cpis.gateway.contract.ContractFiles.SOAP;
import static uk.cpis.gateway.contract.ContractFiles.WSAM;
import static uk.cpis.gateway.contract.ContractFiles.WSDL;
import static uk.cpis.gateway.contract.ContractFiles.XS;
import static uk.cpis.gateway.contract.ContractFiles.children;
import static uk.cpis.gateway.contract.ContractFiles.document;
import static uk.cpis.gateway.contract.ContractFiles.elements;

import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import uk.cpis.gateway.domain.ActivityCode;
import uk.cpis.gateway.domain.CareSetting;
import uk.cpis.gateway.domain.DetailCode;
import uk.cpis.gateway.domain.FileCode;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.domain.RecordCode;

/** The contract is sound, plain enough for old toolkits, and says what it means. */
class ContractTest {

  static final List<String> SERVICES = ContractFiles.SERVICES;

  private static final Set<String> STUMBLED_OVER =
      Set.of(
          "choice",
          "all",
          "any",
          "anyAttribute",
          "attribute",
          "attributeGroup",
          "group",
          "extension",
          "complexContent",
          "simpleContent",
          "union",
          "list",
          "include",
          "redefine",
          "Policy",
          "PolicyReference",
          "UsingAddressing");

  private static final Set<String> STUMBLED_OVER_TOO =
      Set.of("abstract", "nillable", "substitutionGroup", "default", "fixed", "block", "final");

  @ParameterizedTest
  @FieldSource("SERVICES")
  void findsTheSchemasOfEachWsdlByTheirRelativeAddresses(String service) throws Exception {
    URL wsdl = ContractFiles.wsdl(service);
    List<URL> imported = new ArrayList<>();
    for (Element each : elements(document(wsdl), XS, "import").toList()) {
      imported.add(wsdl.toURI().resolve(each.getAttribute("schemaLocation")).toURL());
    }

    assertThat(imported).hasSize(2);
    assertThat(ContractFiles.compiled(imported.stream())).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("files")
  void usesNothingThatOldToolkitsStumbleOver(URL file) {
    List<Element> all = elements(document(file), "*", "*").toList();

    assertThat(all).extracting(Element::getLocalName).doesNotContainAnyElementsOf(STUMBLED_OVER);
    assertThat(all).allSatisfy(each -> assertThat(STUMBLED_OVER_TOO).noneMatch(each::hasAttribute));
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysWhatEachTypeElementCodeAndOperationMeans(URL file) {
    Document document = document(file);
    Stream<Element> schemaParts =
        Stream.of("schema", "simpleType", "complexType", "element", "enumeration")
            .flatMap(kind -> elements(document, XS, kind))
            .filter(part -> part.hasAttribute("name") || part.hasAttribute("value"));
    Stream<Element> wsdlParts =
        Stream.of("definitions", "portType", "service").flatMap(k -> elements(document, WSDL, k));
    Stream<Element> operations =
        elements(document, WSDL, "portType").flatMap(port -> children(port, WSDL, "operation"));

    assertThat(Stream.of(schemaParts, wsdlParts, operations).flatMap(part -> part))
        .isNotEmpty()
        .allSatisfy(
            part -> assertThat(documentation(part)).as(part.getAttribute("name")).isNotBlank());
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void namesEachActionAfterItsServiceAndOperation(String service) {
    Document wsdl = document(ContractFiles.wsdl(service));
    String prefix = "urn:nhs:names:services:cpis" + service + "/";

    assertThat(elements(wsdl, SOAP, "operation"))
        .isNotEmpty()
        .allSatisfy(
            each ->
                assertThat(each.getAttribute("soapAction")).isEqualTo(prefix + operation(each)));
    assertThat(elements(wsdl, WSDL, "input").filter(each -> each.hasAttribute("message")))
        .allSatisfy(each -> assertThat(wsaAction(each)).isEqualTo(prefix + operation(each)));
    assertThat(elements(wsdl, WSDL, "output").filter(each -> each.hasAttribute("message")))
        .allSatisfy(
            each -> assertThat(wsaAction(each)).isEqualTo(prefix + operation(each) + "Response"));
    assertThat(elements(wsdl, WSDL, "fault").filter(each -> each.hasAttribute("message")))
        .allSatisfy(each -> assertThat(wsaAction(each)).isEqualTo(prefix + "fault"));
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void carriesOneElementPerMessageNamedAfterItsOperation(String service) {
    Document wsdl = document(ContractFiles.wsdl(service));
    List<String> expected =
        Stream.concat(
                elements(wsdl, SOAP, "operation")
                    .map(ContractTest::operation)
                    .flatMap(
                        name -> Stream.of("tns:" + name + "Request", "tns:" + name + "Response")),
                Stream.of("t:errorList"))
            .toList();

    assertThat(elements(wsdl, WSDL, "part").map(part -> part.getAttribute("element")))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(elements(wsdl, WSDL, "message"))
        .allSatisfy(message -> assertThat(children(message, WSDL, "part")).hasSize(1));
    assertThat(elements(wsdl, SOAP, "binding"))
        .allSatisfy(each -> assertThat(each.getAttribute("style")).isEqualTo("document"));
    assertThat(elements(wsdl, SOAP, "body"))
        .allSatisfy(each -> assertThat(each.getAttribute("use")).isEqualTo("literal"));
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void beginsEachMessageWithTheAsidsOfSenderAndReceiver(String service) {
    Document schema = schema(service);
    List<Element> messages =
        children(schema.getDocumentElement(), XS, "element").map(e -> body(schema, e)).toList();

    assertThat(messages)
        .isNotEmpty()
        .allSatisfy(
            message -> {
              Element first = elementsOf(message).findFirst().orElseThrow();
              assertThat(first.getAttribute("name")).isEqualTo("systems");
              assertThat(first.getAttribute("type")).isEqualTo("t:SystemsType");
              assertThat(first.hasAttribute("minOccurs")).isFalse();
            });
  }

  @Test
  void leavesEachValueInsideASubmittedRecordToTheGateway() {
    Document schema = schema("submission");

    assertThat(
            Stream.of("UpdateRecordType", "DeleteRecordType")
                .map(name -> named(schema, "complexType", name))
                .flatMap(ContractTest::elementsOf))
        .hasSize(11)
        .allSatisfy(
            value -> {
              assertThat(value.getAttribute("minOccurs")).isEqualTo("0");
              assertThat(value.getAttribute("type")).isIn("s:RecordValue", "t:LocalIdentifier");
            });
  }

  @Test
  void allowsTheInteractionsOfTheDomainAndNoOthers() {
    assertThat(
            ContractFiles.wsdls()
                .flatMap(wsdl -> elements(document(wsdl), SOAP, "operation"))
                .map(operation -> operation.getAttribute("soapAction")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Interaction.values()).map(Interaction::action).toList());
  }

  @Test
  void listsTheFileAndRecordCodes() {
    assertThat(codes("submission", "FileOutcomeCode"))
        .containsExactly("CPF01", "CPF02", "CPF03", "CPF04", "CPF05", "CPF06")
        .containsExactlyElementsOf(names(FileCode.values()));
    assertThat(codes("submission", "RecordOutcomeCode"))
        .containsExactly("CPR01", "CPR02", "CPR03", "CPR04", "CPR05", "CPR06", "CPR07")
        .containsExactlyElementsOf(names(RecordCode.values()));
  }

  @Test
  void listsTheCodesOfTheDomain() {
    assertThat(codes("types", "CareSettingCode"))
        .containsExactlyElementsOf(
            Arrays.stream(CareSetting.values()).map(CareSetting::code).toList());
    assertThat(codes("types", "PlanTypeCode"))
        .containsExactlyElementsOf(Arrays.stream(PlanType.values()).map(PlanType::code).toList());
    assertThat(codes("query", "ActivityRightCode"))
        .containsExactlyElementsOf(names(ActivityCode.values()));
  }

  @Test
  void saysOfEachCareSettingWhetherItIsScheduled() {
    Element list = named(schema("types"), "simpleType", "CareSettingCode");

    assertThat(ContractFiles.stream(list.getElementsByTagNameNS(XS, "enumeration")))
        .allSatisfy(
            code ->
                assertThat(documentation(code))
                    .startsWith(
                        CareSetting.ofCode(code.getAttribute("value")).orElseThrow().scheduled()
                            ? "Scheduled: "
                            : "Unscheduled: "));
  }

  @Test
  void hasRoomForEachDetailCode() {
    Element type = named(schema("submission"), "simpleType", "DetailReasonCode");
    String pattern =
        ((Element) type.getElementsByTagNameNS(XS, "pattern").item(0)).getAttribute("value");

    assertThat(DetailCode.values())
        .allSatisfy(detail -> assertThat(detail.code()).matches(pattern).hasSizeLessThan(41));
  }

  @Test
  void refersToEachRuleOfTheTrade() {
    String text =
        files()
            .map(file -> document(file).getDocumentElement().getTextContent())
            .reduce("", String::concat)
            .replaceAll("\\s+", " ");

    assertThat(IntStream.rangeClosed(1, 20))
        .allSatisfy(
            rule ->
                assertThat(Pattern.compile("[Rr]ule " + rule + "\\b").matcher(text).find())
                    .as("rule " + rule)
                    .isTrue());
  }

  @Test
  void warnsThatNoRecordsFoundIsNotNoConcern() {
    Document schema = schema("query");
    Element response = named(schema, "element", "planQueryResponse");

    assertThat(documentation(response)).contains("\"No records found\" is NOT \"no concern\"");
  }

  static Stream<URL> files() {
    return Stream.concat(ContractFiles.schemas(), ContractFiles.wsdls());
  }

  private static Document schema(String name) {
    return ContractFiles.schemas()
        .filter(url -> url.getPath().endsWith("/" + name + ".xsd"))
        .map(ContractFiles::document)
        .findFirst()
        .orElseThrow();
  }

  private static Element named(Document schema, String kind, String name) {
    return children(schema.getDocumentElement(), XS, kind)
        .filter(each -> each.getAttribute("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Element body(Document schema, Element message) {
    String type = message.getAttribute("type");
    return type.isEmpty()
        ? message
        : named(schema, "complexType", type.substring(type.indexOf(':') + 1));
  }

  private static Stream<Element> elementsOf(Element type) {
    return ContractFiles.stream(type.getElementsByTagNameNS(XS, "element"));
  }

  private static List<String> codes(String schema, String list) {
    Element type = named(schema(schema), "simpleType", list);
    return ContractFiles.stream(type.getElementsByTagNameNS(XS, "enumeration"))
        .map(code -> code.getAttribute("value"))
        .toList();
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  private static String operation(Element inside) {
    return ((Element) inside.getParentNode()).getAttribute("name");
  }

  private static String wsaAction(Element element) {
    return element.getAttributeNS(WSAM, "Action");
  }

  private static String documentation(Element part) {
    return Stream.concat(
            children(part, WSDL, "documentation"),
            children(part, XS, "annotation").flatMap(each -> children(each, XS, "documentation")))
        .map(each -> each.getTextContent().replaceAll("\\s+", " ").strip())
        .findFirst()
        .orElse("");
  }
}
