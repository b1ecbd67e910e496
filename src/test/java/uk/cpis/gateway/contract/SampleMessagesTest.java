package uk.cpis.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static uk.cpis.gateway.contract.ContractFiles.XS;
import static uk.cpis.gateway.contract.ContractFiles.children;
import static uk.cpis.gateway.contract.ContractFiles.document;

import jakarta.xml.bind.JAXBContext;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Each message has a sample; the schemas and the generated classes agree on it. */
class SampleMessagesTest {

  private static Schema schema;

  @BeforeAll
  static void compileTheSchemas() throws SAXException {
    schema = ContractFiles.compiled(ContractFiles.schemas());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void isValid(Path sample) {
    assertThatCode(() -> validate(Files.readString(sample))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void comesBackUnchangedFromTheGeneratedClasses(Path sample) throws Exception {
    JAXBContext context =
        JAXBContext.newInstance(
            uk.cpis.gateway.contract.types.ObjectFactory.class,
            uk.cpis.gateway.contract.query.ObjectFactory.class,
            uk.cpis.gateway.contract.submission.ObjectFactory.class,
            uk.cpis.gateway.contract.mailbox.ObjectFactory.class,
            uk.cpis.gateway.contract.notification.ObjectFactory.class);
    StringWriter written = new StringWriter();

    Object message = context.createUnmarshaller().unmarshal(sample.toFile());
    context.createMarshaller().marshal(message, written);

    assertThat(outline(parsed(written.toString())))
        .isEqualTo(outline(document(sample.toUri().toURL())));
  }

  @Test
  void existsForEachMessage() throws Exception {
    List<String> messages =
        ContractFiles.schemas()
            .flatMap(url -> children(document(url).getDocumentElement(), XS, "element"))
            .map(element -> element.getAttribute("name"))
            .toList();

    assertThat(samples().map(SampleMessagesTest::message).distinct().toList())
        .containsExactlyInAnyOrderElementsOf(messages);
  }

  @ParameterizedTest(name = "{0}: {1} instead of {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          planQueryRequest | 9990000018           | 999000001
          planQueryRequest | 9990000018           | 999 000 0018
          planQueryRequest | 9990000018           | ９９９００００018
          planQueryRequest | B0107                | B0108
          planQueryRequest | emergency-department | prison
          planQueryRequest | 200000000101         | 20000000010
          planQueryRequest | RQX01                | rqx01
          planUpdateRequest | <s:sequenceNumber>41 | <s:sequenceNumber>0
          planUpdateRequest | <s:recordCount>3     | <s:recordCount>three
          holdingsRequest  | 1000                 | 1001
          collectRequest   | 100                  | 101
          accessNotificationRequest | .125Z       | .125
          accessNotificationResponse | accepted   | attended
          """)
  void isRefusedWithAnotherValueInTheEnvelope(String sample, String value, String other)
      throws Exception {
    String message = Files.readString(folder().resolve(sample + ".xml"));
    assertThat(message).contains(value);

    assertThatExceptionOfType(SAXException.class)
        .isThrownBy(() -> validate(message.replaceFirst(value, other)));
  }

  @Test
  void mayHaveAnyTextInsideARecordUpToItsLimit() throws Exception {
    String message = Files.readString(folder().resolve("planUpdateRequest.xml"));

    assertThatCode(() -> validate(message.replace("2012-02-29", "x".repeat(1_000))))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(SAXException.class)
        .isThrownBy(() -> validate(message.replace("2012-02-29", "x".repeat(1_001))));
  }

  @Test
  void mayHaveAThousandRecordsAndNoMore() throws Exception {
    String message = Files.readString(folder().resolve("planUpdateRequest.xml"));
    int end = message.indexOf("</s:planUpdateRequest>");
    String rest = message.substring(end);
    String three = message.substring(0, end);

    assertThatCode(() -> validate(three + "<s:record/>".repeat(997) + rest))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(SAXException.class)
        .isThrownBy(() -> validate(three + "<s:record/>".repeat(998) + rest));
  }

  static Stream<Path> samples() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.sorted().toList().stream();
    }
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(SampleMessagesTest.class.getResource("/messages/samples")).toURI());
  }

  /** A sample is named after its message; what follows a dash tells several of one apart. */
  private static String message(Path sample) {
    return sample.getFileName().toString().replaceFirst("(-.*)?\\.xml$", "");
  }

  private static void validate(String message) throws SAXException, IOException {
    schema.newValidator().validate(new StreamSource(new StringReader(message)));
  }

  private static Document parsed(String message) {
    return ContractFiles.document(new InputSource(new StringReader(message)));
  }

  /** Every element's name and text in order, without prefixes and white space between elements. */
  private static List<String> outline(Document document) {
    return ContractFiles.elements(document, "*", "*").map(SampleMessagesTest::line).toList();
  }

  private static String line(Element element) {
    boolean leaf = ContractFiles.stream(element.getChildNodes()).findAny().isEmpty();
    return "{%s}%s=%s"
        .formatted(
            element.getNamespaceURI(),
            element.getLocalName(),
            leaf ? element.getTextContent() : "");
  }
}
