package uk.cpis.gateway.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import uk.cpis.gateway.domain.NhsNumber;

/**
 * The people whom a kept message names by their NHS numbers, in elements or attributes; read by the
 * parser that read it when it came.
 */
public final class PeopleNamed {

  private static final Logger LOG = LoggerFactory.getLogger(PeopleNamed.class);

  /** What the Content-Type may have stated; it is not kept, and all but one fit no message. */
  private static final List<Optional<String>> CHARSETS =
      List.of(
          Optional.empty(),
          Optional.of("iso-8859-1"),
          Optional.of("utf-16"),
          Optional.of("utf-16le"));

  private static final int DEEPEST = 1_000;
  private static final int MOST = Integer.MAX_VALUE;

  /** It passed the limits of its time, which may have been others. */
  private static final DocumentReader DOCUMENTS =
      new DocumentReader(new ParserLimits(MOST, DEEPEST, MOST, MOST, MOST, MOST, MOST, MOST));

  private PeopleNamed() {}

  /** Of a message that was verified once; empty when it cannot be read whole any more. */
  public static Optional<Set<NhsNumber>> in(byte[] message) {
    return CHARSETS.stream()
        .flatMap(charset -> document(message, charset).stream())
        .findFirst()
        .map(PeopleNamed::in);
  }

  /** Markup and digits are the same bytes in whichever of the encodings fits. */
  private static Optional<Document> document(byte[] message, Optional<String> charset) {
    try {
      return Optional.of(DOCUMENTS.read(message, charset));
    } catch (RefusalException notThat) {
      LOG.debug("not read as {}: {}", charset, notThat.refusal().cause());
      return Optional.empty();
    }
  }

  private static Set<NhsNumber> in(Document document) {
    Set<NhsNumber> people = new TreeSet<>();
    collect(document, people);
    return people;
  }

  private static void collect(Node node, Set<NhsNumber> people) {
    number(node.getNodeValue()).ifPresent(people::add);
    NamedNodeMap attributes = node.getAttributes();
    for (int i = 0; attributes != null && i < attributes.getLength(); i++) {
      number(attributes.item(i).getNodeValue()).ifPresent(people::add);
    }
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      collect(child, people);
    }
  }

  private static Optional<NhsNumber> number(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(String::strip)
        .filter(NhsNumber::checksOut)
        .map(NhsNumber::new);
  }
}
