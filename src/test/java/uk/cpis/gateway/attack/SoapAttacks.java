package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.ACTION;
import static uk.cpis.gateway.security.RefusalCause.BODY;
import static uk.cpis.gateway.security.RefusalCause.ENVELOPE;
import static uk.cpis.gateway.security.RefusalCause.OPERATION;
import static uk.cpis.gateway.security.RefusalCause.SOAP_ACTION;
import static uk.cpis.gateway.security.RefusalCause.SOAP_VERSION;

import java.util.List;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.security.RefusalCause;

/** Operations that do not agree, envelopes and bodies of another shape. */
final class SoapAttacks extends Attacks {

  private static final String XSI = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

  SoapAttacks() {
    super("soap");
    soapActions();
    operations();
    bodies();
    types();
    envelopes();
    mediaTypes();
  }

  private void soapActions() {
    for (String action :
        List.of(
            "\"urn:hostile-marker\"",
            "hostile-marker",
            "\"\"\"\"",
            "\"' OR 1=1\"",
            "\"${jndi:ldap://127.0.0.1:1/a}\"",
            "*",
            "\"" + "x".repeat(4_000) + "\"")) {
      add(
          "SOAPAction " + action.substring(0, Math.min(20, action.length())),
          Expected.cause(SOAP_ACTION),
          (d, canary) -> Hostile.of(d.signed()).with("SOAPAction", action));
    }
    add(
        "SOAPAction of another operation",
        Expected.cause(SOAP_ACTION),
        (d, canary) ->
            Hostile.of(d.signed()).with("SOAPAction", "\"" + other(d.kind()).action() + "\""));
    add(
        "SOAPAction twice, the true one first",
        Expected.cause(SOAP_ACTION),
        (d, canary) ->
            Hostile.of(d.signed())
                .with(
                    "SOAPAction",
                    "\"" + d.kind().interaction().action() + "\"",
                    "SOAPAction",
                    "\"" + other(d.kind()).action() + "\""));
    add(
        "action of SOAP 1.2 in the media type",
        Expected.harmless(),
        (d, canary) ->
            Hostile.of(
                d.signed(),
                java.nio.charset.StandardCharsets.UTF_8,
                "text/xml; charset=utf-8; action=\"" + other(d.kind()).action() + "\""));
  }

  private static Interaction other(Kind kind) {
    return kind.interaction() == Interaction.UPDATE ? Interaction.DELETE : Interaction.UPDATE;
  }

  private void operations() {
    signed(
        "action nobody knows",
        ACTION,
        xml -> xml.replaceFirst("urn:nhs:names:services:[^<]*", "urn:hostile-marker"));
    signed("action with a tail", ACTION, xml -> xml.replace("</wsa:Action>", "x</wsa:Action>"));
    made(
        "action of the answer",
        ACTION,
        d ->
            d.addressing(d.addressing().replace("</wsa:Action>", "Response</wsa:Action>"))
                .signed());
    made(
        "operation nobody knows",
        OPERATION,
        d -> d.payload("<x:hostile-marker xmlns:x=\"urn:x\"/>").signed());
    made(
        "operation without a namespace", OPERATION, d -> d.payload("<planQueryRequest/>").signed());
    made(
        "operation of another namespace",
        OPERATION,
        d ->
            d.payload(
                    d.payload()
                        .replaceAll(
                            "urn:nhs-cpis:gateway:(query|submission|mailbox):v1",
                            "urn:nhs-cpis:gateway:$1:v2"))
                .signed());
    made(
        "notification to the gateway",
        OPERATION,
        d ->
            d.payload(
                    "<n:accessNotificationRequest xmlns:n=\"urn:nhs-cpis:gateway:notification:v1\"/>")
                .signed());
    made(
        "answer for a question",
        OPERATION,
        d -> d.payload(d.payload().replaceAll("([a-z])Request\\b", "$1Response")).signed());
    made(
        "fault for a question",
        OPERATION,
        d ->
            d.payload(
                    "<soap:Fault><faultcode>soap:Client</faultcode><faultstring>x</faultstring></soap:Fault>")
                .signed());
    only(Kind.QUERY);
    made(
        "submission to the query",
        OPERATION,
        d ->
            d.payload("<s:planDeleteRequest xmlns:s=\"urn:nhs-cpis:gateway:submission:v1\"/>")
                .signed());
    only(Kind.COLLECT, Kind.UPDATE, Kind.HOLDINGS);
    made(
        "query where it does not belong",
        OPERATION,
        d -> d.payload("<q:planQueryRequest xmlns:q=\"urn:nhs-cpis:gateway:query:v1\"/>").signed());
    ofAll();
  }

  private void bodies() {
    made("two payloads", BODY, d -> d.payload(d.payload() + d.payload()).signed());
    made("payload and something else", BODY, d -> d.payload(d.payload() + "<x/>").signed());
    made("no payload", BODY, d -> d.payload("").signed());
    made("text for a payload", BODY, d -> d.payload("hostile-marker").signed());
    made("text beside the payload", BODY, d -> d.payload(d.payload() + "hostile-marker").signed());
    Expected schema = Expected.code("CPG-701");
    made(
        "empty payload",
        schema,
        d -> d.payload(d.payload().replaceFirst("(?s)>.*<(/[^>]*)>$", "><$1>")).signed());
    made(
        "element too many",
        schema,
        d -> d.payload(d.payload().replaceFirst("(</[^>]*>)$", "<x/>$1")).signed());
    made(
        "attribute too many",
        schema,
        d ->
            d.payload(d.payload().replaceFirst("<([A-Za-z0-9:]+)", "<$1 hostile-marker=\"1\""))
                .signed());
    made(
        "text between elements",
        schema,
        d -> d.payload(d.payload().replaceFirst("(</[^>]*>)$", "hostile-marker$1")).signed());
    made(
        "systems twice",
        schema,
        d -> {
          String systems = systems(d.payload());
          return d.payload(d.payload().replace(systems, systems + systems)).signed();
        });
    made(
        "no systems",
        schema,
        d -> d.payload(d.payload().replace(systems(d.payload()), "")).signed());
    only(Kind.QUERY, Kind.HISTORY);
    made(
        "number twice",
        schema,
        d ->
            d.payload(
                    d.payload().replaceFirst("(?s)(<[A-Za-z0-9:]*nhsNumber>[^<]*</[^>]*>)", "$1$1"))
                .signed());
    made(
        "number of another namespace",
        schema,
        d ->
            d.payload(
                    d.payload()
                        .replaceFirst(
                            "<[A-Za-z0-9:]*nhsNumber>([^<]*)</[^>]*>",
                            "<x:nhsNumber xmlns:x=\"urn:x\">$1</x:nhsNumber>"))
                .signed());
    made(
        "number in an attribute",
        schema,
        d ->
            d.payload(
                    d.payload()
                        .replaceFirst(
                            "(<[A-Za-z0-9:]*)nhsNumber>[^<]*</[^>]*>",
                            "$1nhsNumber value=\"9990000018\"/>"))
                .signed());
    only(Kind.UPDATE, Kind.DELETE);
    made(
        "record inside a record",
        schema,
        d ->
            d.payload(
                    d.payload()
                        .replaceFirst("(<[A-Za-z0-9:]*record>)", "$1$1")
                        .replaceFirst("(</[A-Za-z0-9:]*record>)", "$1$1"))
                .signed());
    ofAll();
  }

  private static String systems(String payload) {
    java.util.regex.Matcher matcher =
        java.util.regex.Pattern.compile("(?s)<([A-Za-z0-9]+:)?systems>.*</([A-Za-z0-9]+:)?systems>")
            .matcher(payload);
    if (!matcher.find()) {
      throw new IllegalStateException("no systems");
    }
    return matcher.group();
  }

  private void types() {
    Expected schema = Expected.code("CPG-701");
    for (String type : List.of("xs:string", "hostile-marker", "nobody:x", "")) {
      made(
          "payload said to be of type '" + type + "'",
          schema,
          d ->
              d.payload(
                      d.payload()
                          .replaceFirst(
                              "<([A-Za-z0-9:]+)",
                              "<$1"
                                  + XSI
                                  + " xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xsi:type=\""
                                  + type
                                  + "\""))
                  .signed());
    }
    made(
        "payload said to be nothing",
        schema,
        d ->
            d.payload(
                    d.payload().replaceFirst("<([A-Za-z0-9:]+)", "<$1" + XSI + " xsi:nil=\"true\""))
                .signed());
    made(
        "systems said to be nothing",
        schema,
        d ->
            d.payload(d.payload().replaceFirst("systems>", "systems" + XSI + " xsi:nil=\"true\">"))
                .signed());
  }

  private void envelopes() {
    altered("SOAP 1.2", SOAP_VERSION, xml -> xml.replace(Names.SOAP, Names.SOAP_12));
    altered(
        "envelope of no namespace",
        SOAP_VERSION,
        xml -> xml.replace("xmlns:soap=\"" + Names.SOAP + "\"", "xmlns:soap=\"urn:x\""));
    altered("another root", ENVELOPE, xml -> xml.replace("soap:Envelope", "soap:Body2"));
    altered("no body", ENVELOPE, xml -> xml.replace(body(xml), ""));
    altered(
        "no header", ENVELOPE, xml -> xml.replace(cut(xml, "<soap:Header>", "</soap:Header>"), ""));
    altered(
        "two headers",
        ENVELOPE,
        xml -> xml.replace("<soap:Header>", "<soap:Header/><soap:Header>"));
    altered(
        "something after the body",
        ENVELOPE,
        xml -> xml.replace("</soap:Envelope>", "<x/></soap:Envelope>"));
    altered(
        "text in the envelope",
        ENVELOPE,
        xml -> xml.replace("</soap:Envelope>", "hostile-marker</soap:Envelope>"));
    altered("text in the header", ENVELOPE, xml -> inHeader(xml, "hostile-marker"));
    altered(
        "header of SOAP 1.2",
        ENVELOPE,
        xml -> xml.replace("<soap:Header>", "<soap:Header xmlns:soap=\"" + Names.SOAP_12 + "\">"));
    signed(
        "attribute of the encoding of SOAP",
        Expected.harmless(),
        xml ->
            xml.replace(
                "<soap:Envelope",
                "<soap:Envelope soap:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\""));
    altered(
        "text in the security header",
        RefusalCause.SECURITY_HEADER,
        xml -> xml.replace("</wsse:Security>", "hostile-marker</wsse:Security>"));
  }

  private void mediaTypes() {
    for (String type :
        List.of(
            "application/soap+xml; charset=utf-8",
            "application/xml",
            "application/json",
            "text/plain",
            "text/html",
            "application/octet-stream",
            "application/x-www-form-urlencoded",
            "application/fastinfoset",
            "application/soap+msbin1",
            "application/xop+xml; type=\"text/xml\"",
            "multipart/related; boundary=x; type=\"text/xml\"",
            "multipart/form-data; boundary=x",
            "text/xml, application/json",
            "text/xml+x",
            "text/xmlx",
            "xml",
            "text/xml;charset",
            "text/xml; charset=",
            "text/xml; charset=\"",
            "text/xml; charset=x'y''",
            "text/ xml",
            "*/*")) {
      add(
          "media type " + type,
          Expected.http(415),
          (d, canary) -> Hostile.of(d.signed(), java.nio.charset.StandardCharsets.UTF_8, type));
    }
    add(
        "no media type",
        Expected.http(415),
        (d, canary) ->
            new Hostile(
                d.signed().getBytes(java.nio.charset.StandardCharsets.UTF_8), List.of("X-A", "b")));
    add(
        "two media types",
        Expected.http(415),
        (d, canary) -> Hostile.of(d.signed()).with("Content-Type", "application/json"));
    add(
        "the same media type twice",
        Expected.http(415),
        (d, canary) -> Hostile.of(d.signed()).with("Content-Type", "text/xml; charset=utf-16"));
  }
}
