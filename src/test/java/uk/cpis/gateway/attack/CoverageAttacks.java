package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.HEADER_NOT_UNDERSTOOD;
import static uk.cpis.gateway.security.RefusalCause.NOT_COVERED;
import static uk.cpis.gateway.security.RefusalCause.PART_ALTERED;
import static uk.cpis.gateway.security.RefusalCause.REFERENCE;
import static uk.cpis.gateway.security.RefusalCause.SECURITY_HEADER;
import static uk.cpis.gateway.security.RefusalCause.SIGNATURE_FORM;
import static uk.cpis.gateway.security.RefusalCause.SIGNATURE_VALUE;
import static uk.cpis.gateway.security.RefusalCause.UNSIGNED;

import java.util.ArrayList;
import java.util.List;
import uk.cpis.gateway.security.RefusalCause;

/** A signature that covers less than is read, or something that was altered. */
final class CoverageAttacks extends Attacks {

  CoverageAttacks() {
    super("signature-coverage");
    stripped();
    partly();
    tampered();
    demanded();
  }

  private void stripped() {
    altered("signature taken away", UNSIGNED, xml -> xml.replace(signature(xml), ""));
    altered("security header taken away", SECURITY_HEADER, xml -> xml.replace(security(xml), ""));
    altered("timestamp taken away", SECURITY_HEADER, xml -> xml.replace(timestamp(xml), ""));
    altered(
        "signature of another namespace",
        UNSIGNED,
        xml ->
            xml.replace(Names.DS + "\">", "urn:x\">")
                .replace("xmlns:ds=\"" + Names.DS, "xmlns:ds=\"urn:x"));
    altered(
        "reference taken away",
        Expected.cause(NOT_COVERED),
        xml -> xml.replace(cut(xml, "<ds:Reference", "</ds:Reference>"), ""));
    altered(
        "all references taken away",
        SIGNATURE_FORM,
        xml -> xml.replaceAll("(?s)<ds:Reference.*</ds:Reference>", ""));
  }

  private void partly() {
    for (String part : Pen.ALL) {
      List<String> others = new ArrayList<>(Pen.ALL);
      others.remove(part);
      made(part + " not signed", NOT_COVERED, d -> d.pen(d.pen().references(others)).signed());
      made(
          part + " alone signed",
          NOT_COVERED,
          d -> d.pen(d.pen().references(List.of(part))).signed());
    }
    made(
        "token alone signed",
        NOT_COVERED,
        d -> d.pen(d.pen().references(List.of("Token"))).signed());
    made(
        "payload signed instead of the body",
        REFERENCE,
        d -> {
          String payload = d.payload().replaceFirst("<([A-Za-z0-9:]+)", "<$1 Id=\"Payload\"");
          return d.payload(payload)
              .pen(d.pen().references(List.of("Payload", "Timestamp", "Action", "MessageID", "To")))
              .signed();
        });
    made(
        "security header signed as a whole",
        Expected.cause(REFERENCE, SIGNATURE_FORM),
        d -> {
          String marked =
              d.unsigned().replace("<wsse:Security ", "<wsse:Security wsu:Id=\"Security\" ");
          List<String> all = new ArrayList<>(Pen.ALL);
          all.add("Security");
          return d.pen().references(all).sign(marked);
        });
    made(
        "header signed as a whole",
        REFERENCE,
        d -> {
          String marked = d.unsigned().replace("<soap:Header>", "<soap:Header wsu:Id=\"Header\">");
          return d.pen().references(List.of("Header", "Body")).sign(marked);
        });
    made(
        "document signed as a whole",
        SIGNATURE_FORM,
        d ->
            d.pen(
                    d.pen()
                        .references(List.of(""))
                        .transforms(
                            "http://www.w3.org/2000/09/xmldsig#enveloped-signature", Names.C14N))
                .signed());
  }

  private void tampered() {
    made("body altered", PART_ALTERED, d -> d.kind().forged(d.signed()));
    altered(
        "body emptied",
        RefusalCause.BODY,
        xml -> xml.replace(body(xml), "<soap:Body wsu:Id=\"Body\"></soap:Body>"));
    altered(
        "attribute added to the body",
        PART_ALTERED,
        xml -> xml.replace("<soap:Body ", "<soap:Body x=\"1\" "));
    altered(
        "blank added to the body",
        PART_ALTERED,
        xml -> xml.replace("</soap:Body>", " </soap:Body>"));
    altered(
        "message id altered",
        PART_ALTERED,
        xml ->
            xml.replaceFirst("(urn:uuid:.{35})[0-9a-f]<", "$10<")
                .replaceFirst("(urn:uuid:.{34})[0-9a-f]", "$11"));
    altered(
        "timestamp prolonged",
        PART_ALTERED,
        xml -> xml.replaceFirst("(<wsu:Expires>[^<]*):[0-9]{2}Z", "$1:59.5Z"));
    altered(
        "blank added to the action",
        PART_ALTERED,
        xml -> xml.replace("</wsa:Action>", " </wsa:Action>"));
    altered(
        "blank added to the address", PART_ALTERED, xml -> xml.replace("</wsa:To>", "\n</wsa:To>"));
    altered(
        "digest emptied",
        Expected.cause(SIGNATURE_VALUE, PART_ALTERED, SIGNATURE_FORM),
        xml -> xml.replaceFirst("<ds:DigestValue>[^<]*", "<ds:DigestValue>"));
    altered(
        "digest of the altered part put in",
        SIGNATURE_VALUE,
        xml -> xml.replaceFirst("<ds:DigestValue>[^<]{4}", "<ds:DigestValue>AAAA"));
    altered(
        "signature value emptied",
        Expected.cause(SIGNATURE_VALUE, SIGNATURE_FORM),
        xml -> xml.replaceFirst("(?s)<ds:SignatureValue>[^<]*", "<ds:SignatureValue>"));
    altered(
        "signature value cut short",
        SIGNATURE_VALUE,
        xml -> xml.replaceFirst("(?s)<ds:SignatureValue>[^<]{8}", "<ds:SignatureValue>"));
    altered(
        "references in another order",
        SIGNATURE_VALUE,
        xml -> {
          String first = cut(xml, "<ds:Reference", "</ds:Reference>");
          return xml.replace(first, "").replace("</ds:SignedInfo>", first + "</ds:SignedInfo>");
        });
    altered(
        "comment and blank in the signed info",
        SIGNATURE_VALUE,
        xml -> xml.replace("<ds:SignedInfo>", "<ds:SignedInfo> <!-- x -->"));
    made(
        "signed by the key of somebody else",
        SIGNATURE_VALUE,
        d ->
            d.pen(
                    d.pen()
                        .with(
                            Attackers.other(d.kind()).key(), Attackers.other(d.kind()).algorithm()))
                .signed());
  }

  private void demanded() {
    for (String demand :
        List.of(
            "soap:mustUnderstand=\"1\"",
            "soap:mustUnderstand=\"true\"",
            "soap:mustUnderstand=\" 1 \"",
            "soap:mustUnderstand=\"1\" soap:actor=\"http://schemas.xmlsoap.org/soap/actor/next\"")) {
      altered(
          "unknown header with " + demand,
          HEADER_NOT_UNDERSTOOD,
          xml -> inHeader(xml, "<x:w xmlns:x=\"urn:x\" " + demand + "/>"));
    }
  }
}
