package uk.cpis.gateway.testing;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.cpis.gateway.security.RefusalCause;

/**
 * The habits of honest clients, each with how it is seen in a message. A golden message is named
 * after one of them, and may have others too.
 */
public enum GoldenHabit {
  /** The toolkit's own way, nothing chosen but what the gateway requires. */
  AS_IT_COMES(message -> true),

  TOKEN_BEFORE_SIGNATURE(order("BinarySecurityToken", "Signature")),
  TOKEN_AFTER_SIGNATURE(order("Signature", "BinarySecurityToken")),
  TOKEN_BEFORE_TIMESTAMP(order("BinarySecurityToken", "Timestamp")),
  TIMESTAMP_BEFORE_TOKEN(order("Timestamp", "BinarySecurityToken")),
  TIMESTAMP_AFTER_SIGNATURE(order("Signature", "Timestamp")),
  LINE_WRAPPED_TOKEN(text("BinarySecurityToken[^>]*>\\s*[A-Za-z0-9+/]{60,76}(\r|&#13;)?\\s*\n")),
  LINE_WRAPPED_SIGNATURE_VALUE(text("SignatureValue>\\s*[A-Za-z0-9+/]{60,76}(&#13;)?\\s*\n")),
  SIGNED_TOKEN(GoldenHabit::signsTheToken),
  ISSUER_AND_SERIAL(text("X509IssuerName>[^<]*,[A-Z]+=")),
  ISSUER_WITH_BLANKS(text("X509IssuerName>[^<]*, [A-Z]+=")),
  ISSUER_IN_ORDER_OF_CERTIFICATE(text("X509IssuerName>C=[^<]*, ?CN=")),
  SUBJECT_KEY_IDENTIFIER(text("KeyIdentifier[^>]*#X509SubjectKeyIdentifier")),
  THUMBPRINT(text("KeyIdentifier[^>]*#ThumbprintSHA1")),

  RSA_SHA384(text("xmldsig-more#rsa-sha384")),
  RSA_SHA512(text("xmldsig-more#rsa-sha512")),
  ECDSA_P256(text("xmldsig-more#ecdsa-sha256")),
  ECDSA_P384(text("xmldsig-more#ecdsa-sha384")),
  ENVELOPED_SIGNATURE_TRANSFORM(text("Transform Algorithm=\"[^\"]*#enveloped-signature")),
  INCLUSIVE_NAMESPACES(text("InclusiveNamespaces[^>]*PrefixList=")),
  PLAIN_IDS(text("Body[^>]* Id=\"_0\"").and(text("Timestamp[^>]* Id=\"_\\d\""))),
  FIXED_IDS(text("Id=\"Body\"").and(text("Id=\"Time\"")).and(text("Id=\"X509Token\""))),
  UNPREFIXED_TIMESTAMP(text("<Timestamp xmlns=")),
  UNPREFIXED_SIGNATURE(text("<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"")),
  NESTED_DEFAULT_NAMESPACES(
      text("<planQueryRequest xmlns=\"[^\"]*query:v1\">.*<senderAsid xmlns=\"[^\"]*types:v1\">")),
  NO_SELF_CLOSING_TAGS(text("/>").negate()),

  SECURITY_FIRST(text("Header[^>]*>\\s*<[\\w-]+:Security")),
  SECURITY_LAST(text("Security>\\s*</[\\w-]+:Header>")),
  MUST_UNDERSTAND_TRUE(text("mustUnderstand=\"true\"")),
  MUST_UNDERSTAND_1(text("mustUnderstand=\"1\"")),
  LOWER_CASE_MESSAGE_ID(text("MessageID[^>]*>urn:uuid:[0-9a-f-]{36}<")),
  UPPER_CASE_MESSAGE_ID(text("(?-i)MessageID[^>]*>(URN:UUID|urn:uuid):[0-9A-F-]{36}<")),
  UNKNOWN_HEADER(text("urn:example:")),
  COMMENTS(text("<!--")),
  PRETTY_PRINTED(text("Header>\\s*\n\\s+<")),
  CRLF(text(">\r\n<")),

  FIVE_MINUTES_OF_LIFE(life(5)),
  TEN_MINUTES_OF_LIFE(life(10)),
  FRACTION_IN_CREATED(text("Created>[^<]*:\\d\\d\\.\\d+Z<")),
  NANOSECONDS_IN_CREATED(text("Created>[^<]*:\\d\\d\\.\\d{7,9}Z<")),
  NO_FRACTION_IN_CREATED(text("Created>[^<]*:\\d\\dZ<")),
  CLOCK_A_MINUTE_FAST(message -> true),
  CLOCK_A_MINUTE_SLOW(message -> true),

  BYTE_ORDER_MARK(message -> message.text().startsWith("\uFEFF")),
  UTF_16(message -> message.charset().filter("utf-16"::equalsIgnoreCase).isPresent()),
  ISO_8859_1(message -> message.charset().filter("iso-8859-1"::equalsIgnoreCase).isPresent()),
  CHARSET_QUOTED(head("content-type:[^\r]*charset=\"")),
  CHARSET_UNQUOTED(head("content-type:[^\r]*charset=[^\"]")),
  CHARSET_MISSING(head("content-type:[^\r]*charset").negate()),
  SOAP_ACTION_QUOTED(head("soapaction: *\"urn")),
  SOAP_ACTION_UNQUOTED(head("soapaction: *urn")),
  SOAP_ACTION_EMPTY(head("soapaction: *\"\"")),
  SOAP_ACTION_MISSING(head("soapaction:").negate()),
  HTTP_1_0(head("^POST [^ ]+ HTTP/1.0")),
  CHUNKED(head("transfer-encoding: *chunked")),
  EXPECT_100_CONTINUE(head("expect: *100-continue")),
  TLS_1_2_ONLY(message -> true),
  UPDATE(text("planUpdateRequest")),

  REFUSED_CERTIFICATE_IN_X509DATA(text("X509Certificate>"), RefusalCause.KEY_REFERENCE),
  REFUSED_STOCK_ZEEP(text("xmldsig#rsa-sha1"), RefusalCause.SECURITY_HEADER),
  REFUSED_SOAP_1_2(text("2003/05/soap-envelope"), RefusalCause.SOAP_VERSION);

  private final Predicate<GoldenMessage> shown;
  private final Optional<RefusalCause> refusal;

  GoldenHabit(Predicate<GoldenMessage> shown) {
    this.shown = shown;
    this.refusal = Optional.empty();
  }

  GoldenHabit(Predicate<GoldenMessage> shown, RefusalCause refusal) {
    this.shown = shown;
    this.refusal = Optional.of(refusal);
  }

  /** The habit that the message is named after. */
  public static GoldenHabit of(GoldenMessage message) {
    return valueOf(message.habit().toUpperCase(Locale.ROOT).replaceAll("[-.]", "_"));
  }

  /** Whether the message has this habit. */
  public boolean shownBy(GoldenMessage message) {
    return shown.test(message);
  }

  /** Why it is refused, where it must be. */
  public Optional<RefusalCause> refusal() {
    return refusal;
  }

  private static Predicate<GoldenMessage> text(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return message -> pattern.matcher(message.text()).find();
  }

  private static Predicate<GoldenMessage> head(String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    return message -> pattern.matcher(message.head()).find();
  }

  private static Predicate<GoldenMessage> life(int minutes) {
    return message ->
        message.text().contains("Created>")
            && Duration.between(message.created(), message.expires())
                .equals(Duration.ofMinutes(minutes));
  }

  /** These children of Security begin in this order. */
  private static Predicate<GoldenMessage> order(String... names) {
    String regex =
        Arrays.stream(names)
            .map(name -> "<(?:[\\w-]+:)?" + name + "[\\s>]")
            .collect(Collectors.joining(".*?"));
    Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
    return message -> pattern.matcher(message.text()).find();
  }

  private static boolean signsTheToken(GoldenMessage message) {
    Matcher id =
        Pattern.compile("<[\\w-]+:BinarySecurityToken[^>]*Id=\"([^\"]+)\"").matcher(message.text());
    List<String> references =
        Pattern.compile(
                "<(?:[\\w-]+:)?Reference URI=\"#([^\"]+)\"[^>]*>\\s*<(?:[\\w-]+:)?Transforms")
            .matcher(message.text())
            .results()
            .map(found -> found.group(1))
            .toList();
    return id.find() && references.contains(id.group(1));
  }
}
