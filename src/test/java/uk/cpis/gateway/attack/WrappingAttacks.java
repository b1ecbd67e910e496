package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.ADDRESSING;
import static uk.cpis.gateway.security.RefusalCause.BODY;
import static uk.cpis.gateway.security.RefusalCause.DUPLICATE_ID;
import static uk.cpis.gateway.security.RefusalCause.ENVELOPE;
import static uk.cpis.gateway.security.RefusalCause.KEY_REFERENCE;
import static uk.cpis.gateway.security.RefusalCause.MESSAGE_ID;
import static uk.cpis.gateway.security.RefusalCause.NOT_COVERED;
import static uk.cpis.gateway.security.RefusalCause.PART_ALTERED;
import static uk.cpis.gateway.security.RefusalCause.REFERENCE;
import static uk.cpis.gateway.security.RefusalCause.SECURITY_HEADER;
import static uk.cpis.gateway.security.RefusalCause.SIGNATURE_FORM;
import static uk.cpis.gateway.security.RefusalCause.SIGNATURE_VALUE;
import static uk.cpis.gateway.security.RefusalCause.UNSIGNED;

import java.time.Instant;
import java.util.List;
import uk.cpis.gateway.security.RefusalCause;

/** What was signed stays in the message, and something else stands where it is read. */
final class WrappingAttacks extends Attacks {

  static final String GROUP = "signature-wrapping";

  WrappingAttacks() {
    super(GROUP);
    signedBodyElsewhere();
    bodiesBesideEachOther();
    envelopesInEnvelopes();
    confusedIds();
    inherited();
    otherPartsElsewhere();
    severalSecurities();
    addressingElsewhere();
  }

  /** The forged body is read, and the signed one has gone to this place of the header. */
  private void moved(String name, String before, String opening, String closing) {
    made(
        "signed body moved " + name,
        Expected.cause(ENVELOPE, ADDRESSING, DUPLICATE_ID),
        draft -> {
          String signed = draft.signed();
          String forged = signed.replace(body(signed), draft.forgedBody());
          return forged.replace(before, opening + body(signed) + closing + before);
        });
  }

  private void signedBodyElsewhere() {
    String object = "<ds:Object xmlns:ds=\"" + Names.DS + "\">";
    moved("into a header block", "</soap:Header>", "<x:w xmlns:x=\"urn:x\">", "</x:w>");
    moved("to be a header block", "</soap:Header>", "", "");
    moved("into the security header", "</wsse:Security>", "", "");
    moved("into the signature", "</ds:Signature>", "", "");
    moved("into an object of the signature", "</ds:Signature>", object, "</ds:Object>");
    moved("into the signed info", "</ds:SignedInfo>", "", "");
    moved("into the key info", "</ds:KeyInfo>", "", "");
    moved("into the token reference", "</wsse:SecurityTokenReference>", "", "");
    moved("into the token", "</wsse:BinarySecurityToken>", "", "");
    moved("into the timestamp", "</wsu:Timestamp>", "", "");
    moved("into the message id", "</wsa:MessageID>", "", "");
    moved("into another transform", "</ds:Transforms>", "", "");
    moved(
        "into the parameters of a reply address",
        "</soap:Header>",
        "<wsa:ReplyTo><wsa:Address>"
            + Names.WSA
            + "/anonymous</wsa:Address>"
            + "<wsa:ReferenceParameters>",
        "</wsa:ReferenceParameters></wsa:ReplyTo>");
    moved(
        "into the description of the sender",
        "</soap:Header>",
        "<wsa:From><wsa:Address>urn:x</wsa:Address><wsa:Metadata>",
        "</wsa:Metadata></wsa:From>");
  }

  private void bodiesBesideEachOther() {
    made("forged body first", ENVELOPE, d -> beside(d, d.forgedBody(), ""));
    made("forged body last", ENVELOPE, d -> beside(d, "", d.forgedBody()));
    made("three bodies", ENVELOPE, d -> beside(d, d.forgedBody(), d.forgedBody()));
    made(
        "body of SOAP 1.2 beside the signed one",
        ENVELOPE,
        d -> beside(d, "", otherVersion(d.forgedBody())));
    made(
        "body without a namespace beside the signed one",
        ENVELOPE,
        d -> beside(d, "", "<Body>" + d.kind().forged(d.payload()) + "</Body>"));
    made(
        "signed body inside the forged one",
        Expected.cause(BODY, ENVELOPE),
        d -> {
          String signed = d.signed();
          String outer = d.forgedBody().replace("</soap:Body>", body(signed) + "</soap:Body>");
          return signed.replace(body(signed), outer);
        });
    made(
        "signed body inside the forged payload",
        ENVELOPE,
        d -> {
          String signed = d.signed();
          String forged = d.forgedBody();
          int end = forged.lastIndexOf("</", forged.lastIndexOf("</soap:Body>") - 1);
          String outer = forged.substring(0, end) + body(signed) + forged.substring(end);
          return signed.replace(body(signed), outer);
        });
    made(
        "forged payload beside the signed one",
        BODY,
        d -> d.signed().replace("</soap:Body>", d.kind().forged(d.payload()) + "</soap:Body>"));
    altered(
        "body before the header",
        ENVELOPE,
        xml -> {
          String header = cut(xml, "<soap:Header>", "</soap:Header>");
          return xml.replace(header, "").replace("</soap:Envelope>", header + "</soap:Envelope>");
        });
    made(
        "second header with the forged body's security",
        ENVELOPE,
        d -> beside(d, "<soap:Header/>", ""));
  }

  private static String beside(Draft draft, String before, String after) {
    String signed = draft.signed();
    return signed.replace(body(signed), before + body(signed) + after);
  }

  private static String otherVersion(String body) {
    return body.replace("<soap:Body", "<soap:Body xmlns:soap=\"" + Names.SOAP_12 + "\"");
  }

  private void envelopesInEnvelopes() {
    made(
        "signed envelope in the body of a forged one",
        Expected.cause(ADDRESSING, ENVELOPE),
        d -> Draft.envelope("", "<soap:Body>" + d.signed() + "</soap:Body>"));
    made(
        "signed envelope in the header of a forged one",
        Expected.cause(ADDRESSING, ENVELOPE),
        d -> Draft.envelope(d.signed(), d.forgedBody()));
    made(
        "signed envelope in a header block, its headers copied",
        Expected.cause(ENVELOPE, DUPLICATE_ID),
        d -> {
          String signed = d.signed();
          String header = cut(signed, "<soap:Header>", "</soap:Header>");
          String blocks = header.substring(13, header.length() - 14);
          return Draft.envelope(blocks + wrapped(signed), d.forgedBody());
        });
    made(
        "envelope of SOAP 1.2 in a header block",
        ENVELOPE,
        d ->
            inHeader(
                d.signed(),
                otherVersion("<soap:Body>x</soap:Body>").replace("soap:Body", "soap:Envelope")));
    made(
        "empty envelope beside the payload",
        Expected.cause(BODY, ENVELOPE),
        d -> d.pen().sign(d.unsigned().replace("</soap:Body>", "<soap:Envelope/></soap:Body>")));
    altered("signed envelope twice", RefusalCause.NOT_WELL_FORMED, xml -> xml + xml);
  }

  private void confusedIds() {
    for (String id : List.of("wsu:Id", "Id", "ID", "id", "xml:id", "AssertionID")) {
      made(
          "forged body with the signed one's id as " + id,
          Expected.cause(DUPLICATE_ID, ENVELOPE),
          d -> {
            String signed = d.signed();
            String forged = d.forgedBody().replace("wsu:Id=\"New\"", id + "=\"Body\"");
            return inHeader(signed.replace(body(signed), forged), wrapped(body(signed)));
          });
      altered(
          "header block with the body's id as " + id,
          DUPLICATE_ID,
          xml -> inHeader(xml, "<x:w xmlns:x=\"urn:x\" " + id + "=\"Body\"/>"));
    }
    made(
        "forged body with two ids, one of them the signed one's",
        Expected.cause(PART_ALTERED, DUPLICATE_ID),
        d -> {
          String signed = d.signed();
          String two = d.forgedBody().replace("wsu:Id=\"New\"", "Id=\"Body\" wsu:Id=\"New\"");
          return signed.replace(body(signed), two);
        });
    made(
        "forged body without an id",
        REFERENCE,
        d -> d.signed().replace(body(d.signed()), d.forgedBody().replace(" wsu:Id=\"New\"", "")));
    altered(
        "id of the body given to a header block",
        NOT_COVERED,
        xml ->
            inHeader(
                xml.replace("<soap:Body wsu:Id=\"Body\"", "<soap:Body wsu:Id=\"New\""),
                "<x:w xmlns:x=\"urn:x\" wsu:Id=\"Body\"/>"));
    made(
        "payload with the body's id",
        DUPLICATE_ID,
        d ->
            d.pen()
                .sign(
                    Draft.envelope(
                        Draft.security(d.timestamp() + d.token()) + d.addressing(),
                        d.body()
                            .replaceFirst("Body\">(<[A-Za-z0-9:]+)", "Body\">$1 Id=\"Body\""))));
    made(
        "body with an id of no namespace that counts",
        REFERENCE,
        d ->
            d.signed()
                .replace(
                    "<soap:Body wsu:Id=\"Body\"", "<soap:Body xmlns:x=\"urn:x\" x:Id=\"Body\""));
    made(
        "body whose id is said to be XML's",
        REFERENCE,
        d -> d.signed().replace("<soap:Body wsu:Id=", "<soap:Body xml:id="));
    made(
        "id of the body with a blank",
        REFERENCE,
        d -> d.signed().replace("<soap:Body wsu:Id=\"Body\"", "<soap:Body wsu:Id=\"Body \""));
    made(
        "id of the body in other letters",
        REFERENCE,
        d -> d.signed().replace("<soap:Body wsu:Id=\"Body\"", "<soap:Body wsu:Id=\"body\""));
    altered(
        "reference that bears the body's id",
        DUPLICATE_ID,
        xml -> xml.replaceFirst("<ds:Reference ", "<ds:Reference Id=\"Body\" "));
    altered(
        "signature that bears the body's id",
        DUPLICATE_ID,
        xml -> xml.replaceFirst("<ds:Signature ", "<ds:Signature Id=\"Body\" "));
    altered(
        "ids of two parts exchanged",
        PART_ALTERED,
        xml ->
            xml.replace("wsu:Id=\"Action\"", "wsu:Id=\"Swap\"")
                .replace("wsu:Id=\"To\"", "wsu:Id=\"Action\"")
                .replace("wsu:Id=\"Swap\"", "wsu:Id=\"To\""));
  }

  /** Exclusive canonical form leaves out what an element inherits and does not use itself. */
  private void inherited() {
    altered(
        "prefix of the payload given to something else around it",
        Expected.harmless(),
        xml -> xml.replace("<soap:Envelope ", "<soap:Envelope xmlns:ns2=\"urn:x\" "));
    altered(
        "namespace by default around everything",
        Expected.harmless(),
        xml -> xml.replace("<soap:Envelope ", "<soap:Envelope xmlns=\"urn:x\" "));
    altered(
        "prefix of SOAP given to something else on the body",
        Expected.cause(ENVELOPE),
        xml -> xml.replace("<soap:Body ", "<soap:Body xmlns:soap=\"urn:x\" "));
    altered(
        "language and base around everything",
        Expected.harmless(),
        xml ->
            xml.replace(
                "<soap:Envelope ",
                "<soap:Envelope xml:lang=\"en\" xml:base=\"http://127.0.0.1:1/\" xml:space=\"preserve\" "));
  }

  private void otherPartsElsewhere() {
    String now = Instant.now().toString();
    String fresh =
        Draft.timestamp(now, Instant.now().plusSeconds(200).toString())
            .replace("\"Timestamp\"", "\"Fresh\"");
    altered(
        "signed timestamp moved aside, a fresh one in its place",
        NOT_COVERED,
        xml -> inHeader(xml.replace(timestamp(xml), fresh), timestamp(xml)));
    altered(
        "signed timestamp in a block, a fresh one in its place",
        Expected.cause(REFERENCE, NOT_COVERED),
        xml -> inHeader(xml.replace(timestamp(xml), fresh), wrapped(timestamp(xml))));
    altered(
        "fresh timestamp before the signed one",
        SECURITY_HEADER,
        xml -> xml.replace(timestamp(xml), fresh + timestamp(xml)));
    altered(
        "signed timestamp outside the security header",
        SECURITY_HEADER,
        xml -> inHeader(xml.replace(timestamp(xml), ""), timestamp(xml)));
    altered(
        "token moved outside the security header",
        Expected.cause(KEY_REFERENCE, SECURITY_HEADER),
        xml -> inHeader(xml.replace(token(xml), ""), token(xml)));
    altered(
        "signature moved outside the security header",
        UNSIGNED,
        xml -> inHeader(xml.replace(signature(xml), ""), signature(xml)));
    altered(
        "signature moved into the body",
        Expected.cause(UNSIGNED, BODY),
        xml ->
            xml.replace(signature(xml), "")
                .replace("</soap:Body>", signature(xml) + "</soap:Body>"));
    altered(
        "signature inside a signature's object",
        SIGNATURE_FORM,
        xml ->
            xml.replace(
                "</ds:Signature>", "<ds:Object>" + signature(xml) + "</ds:Object></ds:Signature>"));
  }

  private void severalSecurities() {
    altered(
        "empty second security header", SECURITY_HEADER, xml -> inHeader(xml, "<wsse:Security/>"));
    altered(
        "second security header for another actor",
        SECURITY_HEADER,
        xml -> inHeader(xml, "<wsse:Security soap:actor=\"urn:other\"/>"));
    altered(
        "security header twice",
        Expected.cause(DUPLICATE_ID, SECURITY_HEADER),
        xml -> inHeader(xml, security(xml)));
    altered(
        "security header inside a header block",
        SECURITY_HEADER,
        xml -> inHeader(xml.replace(security(xml), ""), wrapped(security(xml))));
    altered(
        "security header inside the body",
        Expected.cause(SECURITY_HEADER, BODY),
        xml ->
            xml.replace(security(xml), "").replace("</soap:Body>", security(xml) + "</soap:Body>"));
    altered(
        "security header for another actor",
        SECURITY_HEADER,
        xml -> xml.replace("<wsse:Security ", "<wsse:Security soap:actor=\"urn:other\" "));
    altered(
        "security header for the ultimate receiver by name",
        SECURITY_HEADER,
        xml ->
            xml.replace(
                "<wsse:Security ",
                "<wsse:Security soap:actor=\"http://schemas.xmlsoap.org/soap/actor/none\" "));
    altered(
        "signature twice",
        SECURITY_HEADER,
        xml -> xml.replace(signature(xml), signature(xml) + signature(xml)));
    made(
        "signatures of two messages",
        SECURITY_HEADER,
        d -> {
          String other = signature(d.by(Attackers.other(d.kind())).signed());
          return d.signed().replace("</wsse:Security>", other + "</wsse:Security>");
        });
    made(
        "security header of another message of the same sender",
        Expected.cause(PART_ALTERED, SIGNATURE_VALUE),
        d -> {
          String other = d.payload(d.kind().forged(d.payload())).signed();
          return other.replace(security(other), security(d.signed()));
        });
  }

  private void addressingElsewhere() {
    for (String name : List.of("Action", "MessageID", "To")) {
      altered(
          name + " in a block, a fresh one in its place",
          REFERENCE,
          xml -> {
            String part = header(xml, name);
            String fresh = part.replace("\"" + name + "\"", "\"New\"");
            return xml.replace(part, fresh + wrapped(part));
          });
      altered(
          name + " twice, the forged one first",
          ADDRESSING,
          xml -> {
            String part = header(xml, name);
            return xml.replace(part, part.replace("\"" + name + "\"", "\"New\"") + part);
          });
      altered(
          name + " twice, the forged one last",
          ADDRESSING,
          xml -> {
            String part = header(xml, name);
            return inHeader(xml, part.replace("\"" + name + "\"", "\"New\""));
          });
      altered(
          name + " moved into the body",
          Expected.cause(ADDRESSING, BODY),
          xml -> {
            String part = header(xml, name);
            return xml.replace(part, "").replace("</soap:Body>", part + "</soap:Body>");
          });
    }
    altered(
        "message id inside the message id",
        Expected.cause(ADDRESSING, MESSAGE_ID),
        xml -> xml.replace("</wsa:MessageID>", "<wsa:MessageID>x</wsa:MessageID></wsa:MessageID>"));
  }
}
